import { aRole } from '../../../../../tests/fixtures/aRole';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { InMemoryRoleQueries } from '../../../../../tests/fixtures/InMemoryRoleQueries';
import { RecordingLogger } from '../../../../../tests/fixtures/RecordingLogger';
import { eventually } from '../../../../../tests/support/eventually';
import type { AccessChange } from '../../../../core/application/AccessChanges';
import type { LoggedEvent } from '../../../../core/application/EventBus';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import type { UserId } from '../../../../core/domain/Id';
import { AnnounceAccessOnMemberRolesChanged } from '../../application/AnnounceAccessOnMemberRolesChanged';
import { AnnounceAccessOnRoleChanged } from '../../application/AnnounceAccessOnRoleChanged';
import { TellHoldersOfChangedRole } from '../../application/TellHoldersOfChangedRole';
import { memberRolesChanged, roleChanged } from '../../domain/events';
import { RoleKey } from '../../domain/RoleKey';

describe('When a role, or who has it, changes', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let announced: AccessChange[];
  let told: { people: readonly UserId[]; message: string; event: LoggedEvent }[];
  let logger: RecordingLogger;

  const role = () => aRole({ workspaceId: owner.workspaceId, key: RoleKey('crew'), permissions: ['users.read'] });
  const facts = ({ state: { id, key, name, description, system, permissions } }: ReturnType<typeof aRole>) => ({
    role: { id, key, name, description, system, permissions },
  });
  const context = () => ({ workspaceId: owner.workspaceId, at: platform.clock.now() });

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    owner = await platform.addWorkspace();
    announced = [];
    told = [];
    logger = new RecordingLogger();
    platform.accessChanges.onChange((change) => announced.push(change));
    const tell = (people: readonly UserId[], message: string, event: LoggedEvent) =>
      told.push({ people, message, event });
    const { eventBus } = platform;
    void new TellHoldersOfChangedRole(eventBus, new InMemoryRoleQueries(platform), { tell }, logger);
  });

  it('every node forgets what all members may, but not for a new name', async () => {
    const handler = new AnnounceAccessOnRoleChanged(platform.accessChanges);
    const { name, on, delivery } = handler;
    expect([name, on, delivery]).toEqual(['role.announce-access-on-role-changed', roleChanged, 'transactional']);
    const renamed = { ...facts(role()), added: [], removed: [] };
    await handler.handle(roleChanged(context(), renamed));
    await handler.handle(roleChanged({ at: platform.clock.now() }, { ...renamed, added: ['users.read'] }));
    expect(announced).toEqual([]);
    await handler.handle(roleChanged(context(), { ...renamed, removed: ['users.read'] }));
    expect(announced).toEqual([{ workspaceId: owner.workspaceId }]);
  });

  it('every node forgets what the member may who has other roles', async () => {
    const handler = new AnnounceAccessOnMemberRolesChanged(platform.accessChanges);
    const { name, on, delivery } = handler;
    expect([name, on, delivery]).toEqual([
      'role.announce-access-on-member-roles-changed',
      memberRolesChanged,
      'transactional',
    ]);
    const { userId, workspaceId } = owner;
    const changed = { userId, roles: ['owner', 'viewer'], added: ['viewer'], removed: [] };
    await handler.handle(memberRolesChanged({ at: platform.clock.now() }, changed));
    await handler.handle(memberRolesChanged(context(), changed));
    expect(announced).toEqual([{ workspaceId, userId }]);
  });

  it('those who have the role are told once it is committed, the suspended too', async () => {
    const crew = role();
    await platform.unitOfWork.run(owner, () => platform.roles.save(crew));
    const holders = [
      await platform.addMember(owner.workspaceId, 'crew'),
      await platform.addMember(owner.workspaceId, 'crew', { status: 'banned' }),
    ];
    const changed = roleChanged(context(), { ...facts(crew), added: ['users.update'], removed: [] });
    const renamed = roleChanged(context(), { ...facts(crew), added: [], removed: [] });
    await platform.unitOfWork.run(owner, async () => {
      await platform.eventBus.publish([renamed, changed]);
      expect(told).toEqual([]);
    });
    await eventually(() => expect(told).toHaveLength(1));
    expect(told[0]).toMatchObject({ message: 'permissions:changed', event: { id: changed.id } });
    expect([...(told[0]?.people ?? [])].sort()).toEqual(holders.map(({ userId }) => userId).sort());
  });

  it('a failure to tell them is logged, and nothing else', async () => {
    const unknown = roleChanged(context(), { ...facts(role()), added: ['users.update'], removed: [] });
    await platform.unitOfWork.run(owner, () => platform.eventBus.publish([unknown]));
    await eventually(() => expect(logger.messages('warn')).toHaveLength(1));
    expect(told).toEqual([]);
  });
});
