import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { RemoveMember } from '../../application/RemoveMember';
import { memberLeft, workspaceUpdated } from '../../domain/events';

const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };
const ESCALATION = { kind: 'forbidden', code: 'ROLE_ESCALATION' };
const LAST_OWNER = { kind: 'conflict', code: 'LAST_OWNER' };

describe('RemoveMember', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let removeMember: RemoveMember;

  const remove = (actor: WorkspaceActor, { userId }: { userId: WorkspaceActor['userId'] }) =>
    removeMember.execute(actor, { userId });

  const isMember = ({ userId, workspaceId }: WorkspaceActor) =>
    platform.unitOfWork.run({ workspaceId }, () => platform.members.has(workspaceId, userId));

  const join = (role: string) => platform.addMember(owner.workspaceId, role);

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    owner = await platform.addWorkspace();
    const { workspaces, members, ownerRules, departure, unitOfWork, clock } = platform;
    removeMember = new RemoveMember(workspaces, members, ownerRules, departure, unitOfWork, clock);
  });

  it('takes a member out of the workspace, and tells who did it', async () => {
    const admin = await join('admin');
    const member = await join('member');
    await remove(admin, member);
    await expect(isMember(member)).resolves.toBe(false);
    expect(platform.eventBus.of(memberLeft)).toMatchObject([
      { actorId: admin.userId, facts: { userId: member.userId, reason: 'removed' } },
    ]);
  });

  it.each(['viewer', 'member', 'admin'])('lets a member with the role %s leave', async (role) => {
    const member = await join(role);
    await remove(member, member);
    await expect(isMember(member)).resolves.toBe(false);
    expect(platform.eventBus.of(memberLeft)).toMatchObject([
      { actorId: member.userId, facts: { userId: member.userId, reason: 'left' } },
    ]);
  });

  it('leaves the person’s account and other memberships alone', async () => {
    const member = await join('member');
    const other = await platform.addWorkspace();
    await remove(owner, member);
    await expect(platform.users.get(member.userId)).resolves.toBeDefined();
    await expect(isMember(other)).resolves.toBe(true);
  });

  it('lets an owner remove another owner, and leave while there is another', async () => {
    const second = await join('owner');
    const third = await join('owner');
    await remove(owner, second);
    await remove(owner, owner);
    await expect(isMember(second)).resolves.toBe(false);
    await expect(isMember(owner)).resolves.toBe(false);
    await expect(isMember(third)).resolves.toBe(true);
  });

  it('names another owner once the one leaves whom the workspace names', async () => {
    const { workspaceId } = owner;
    const second = await join('owner');
    const ownerId = async () =>
      platform.unitOfWork.run({ workspaceId }, async () => (await platform.workspaces.get(workspaceId)).state.ownerId);
    await platform.unitOfWork.run({ workspaceId }, async () => {
      const workspace = await platform.workspaces.get(workspaceId);
      workspace.nameOwner(owner.userId, owner.userId, platform.clock.now());
      await platform.workspaces.save(workspace);
    });
    await remove(second, await join('member'));
    await expect(ownerId()).resolves.toBe(owner.userId);
    await remove(second, owner);
    await expect(ownerId()).resolves.toBe(second.userId);
    expect(platform.eventBus.of(workspaceUpdated).at(-1)).toMatchObject({
      actorId: second.userId,
      facts: { changed: ['ownerId'], workspace: { ownerId: second.userId } },
    });
  });

  describe('refuses, and changes nothing:', () => {
    const refused = async (actor: WorkspaceActor, target: WorkspaceActor, expected: object) => {
      await expect(remove(actor, target)).rejects.toMatchObject(expected);
      expect(platform.eventBus.types()).toEqual([]);
      await expect(isMember(target)).resolves.toBe(true);
    };

    it('an admin who removes an owner', async () => {
      const admin = await join('admin');
      await join('owner');
      await refused(admin, owner, ESCALATION);
    });

    it('an admin who removes a suspended owner', async () => {
      const suspended = await platform.addMember(owner.workspaceId, 'owner', { status: 'banned' });
      await refused(await join('admin'), suspended, ESCALATION);
    });

    it('the last owner, who leaves', async () => {
      await refused(owner, owner, LAST_OWNER);
    });

    it('the last active owner, who leaves while another one is suspended', async () => {
      await platform.addMember(owner.workspaceId, 'owner', { status: 'inactive' });
      await refused(owner, owner, LAST_OWNER);
    });

    it('a member of another workspace', async () => {
      await refused(owner, await platform.addWorkspace(), NOT_FOUND);
    });
  });

  it('finds nobody twice', async () => {
    const member = await join('member');
    await remove(owner, member);
    await expect(remove(owner, member)).rejects.toMatchObject(NOT_FOUND);
    expect(platform.eventBus.of(memberLeft)).toHaveLength(1);
  });

  it('keeps an owner when two remove each other at the same time', async () => {
    const second = await join('owner');
    const outcomes = await Promise.allSettled([remove(owner, second), remove(second, owner)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const left = await Promise.all([isMember(owner), isMember(second)]);
    expect(left.filter(Boolean)).toHaveLength(1);
  });
});
