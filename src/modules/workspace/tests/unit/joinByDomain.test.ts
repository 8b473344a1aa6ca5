import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { UserActor, WorkspaceActor } from '../../../../core/domain/Actor';
import { UnavailableError } from '../../../../core/errors/UnavailableError';
import { EmailAddress, emailVerified } from '../../../user';
import type { Admission } from '../../application/Admission';
import { JoinByDomain } from '../../application/JoinByDomain';
import { JoinByDomainOnEmailVerified } from '../../application/JoinByDomainOnEmailVerified';
import { EmailDomain } from '../../domain/EmailDomain';
import { memberJoined } from '../../domain/events';
import type { WorkspaceSettings } from '../../domain/WorkspaceSettings';

const DOMAIN = EmailDomain('engines.example');
const OPEN: WorkspaceSettings = { allowedEmailDomains: [DOMAIN] };

describe('JoinByDomain', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let ada: UserActor;

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    owner = await platform.addWorkspace({ settings: OPEN });
    ada = await platform.addUser({ email: EmailAddress('ada@engines.example') });
  });

  const make = (admission: Pick<Admission, 'admit'> = platform.admission) => {
    const { users, workspaces, members, memberRoles, workspaceQueries, unitOfWork, clock } = platform;
    const admit = admission as Admission;
    return new JoinByDomain(users, workspaces, members, admit, memberRoles, workspaceQueries, unitOfWork, clock);
  };
  const join = ({ userId }: Pick<UserActor, 'userId'> = ada) => make().execute({ userId });
  const joined = () =>
    platform.eventBus.of(memberJoined).map(({ workspaceId, facts: { roles } }) => [workspaceId, ...roles]);

  it('lets a person into every workspace that allows the domain, once', async () => {
    const second = await platform.addWorkspace({ settings: { ...OPEN, defaultRole: 'viewer' } });
    await platform.addWorkspace({ settings: { allowedEmailDomains: [EmailDomain('looms.example')] } });
    await platform.addWorkspace();
    await join();
    await join();
    const expected = [
      [owner.workspaceId, 'member'],
      [second.workspaceId, 'viewer'],
    ];
    expect(joined().sort()).toEqual(expected.sort());
  });

  it('lets nobody in whose address is not verified, or whose account is suspended', async () => {
    await join(await platform.addUser({ email: EmailAddress('b@engines.example'), emailVerifiedAt: null }));
    await join(await platform.addUser({ email: EmailAddress('c@engines.example'), status: 'inactive' }));
    await join(await platform.addUser({ email: EmailAddress('d@sub.engines.example') }));
    expect(joined()).toEqual([]);
  });

  it('lets nobody in who has left', async () => {
    await join();
    await platform.unitOfWork.run(owner, async () => {
      await platform.members.remove(await platform.members.get(owner.workspaceId, ada.userId));
    });
    await join();
    expect(joined()).toHaveLength(1);
  });

  it('gives the least role when the default one is gone, or no owner answers for it', async () => {
    const other = await platform.addWorkspace({ settings: { ...OPEN, defaultRole: 'gone' } });
    await join();
    expect(joined()).toContainEqual([other.workspaceId, 'viewer']);
  });

  it('goes on to the next workspace when one is full, and fails when the database is away', async () => {
    const full = await platform.addWorkspace({ settings: { ...OPEN, limits: { maxMembers: 1 } } });
    const last = await platform.addWorkspace({ settings: OPEN });
    await join();
    const into = joined().map(([workspaceId]) => workspaceId);
    expect(into).toEqual(expect.arrayContaining([owner.workspaceId, last.workspaceId]));
    expect(into).not.toContain(full.workspaceId);
    for (const failure of [new UnavailableError(), new Error('A defect.')]) {
      const other = await platform.addUser({
        email: EmailAddress(`x${String(failure.message.length)}@engines.example`),
      });
      const away = make({ admit: () => Promise.reject(failure) });
      await expect(away.execute(other)).rejects.toBe(failure);
    }
  });

  it('lets nobody in by a domain that was taken back meanwhile', async () => {
    const { workspaceQueries } = platform;
    const stale = Object.assign(Object.create(workspaceQueries) as typeof workspaceQueries, {
      workspacesOpenTo: async () => {
        const closed = await platform.addWorkspace({ settings: {} });
        return [closed.workspaceId];
      },
    });
    const { users, workspaces, members, admission, memberRoles, unitOfWork, clock } = platform;
    const late = new JoinByDomain(users, workspaces, members, admission, memberRoles, stale, unitOfWork, clock);
    await late.execute(ada);
    expect(joined()).toEqual([]);
  });

  it('is what a verified address leads to, as a durable job', async () => {
    const handler = new JoinByDomainOnEmailVerified(make());
    expect([handler.on, handler.delivery]).toEqual([emailVerified, 'durable']);
    const { userId } = ada;
    await handler.handle(emailVerified({ actorId: userId, at: platform.clock.now() }, { userId }));
    expect(joined()).toEqual([[owner.workspaceId, 'member']]);
  });
});
