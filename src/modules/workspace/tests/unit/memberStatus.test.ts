import { aMember } from '../../../../../tests/fixtures/aMember';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { newId, type UserId } from '../../../../core/domain/Id';
import { ChangeMemberStatus } from '../../application/ChangeMemberStatus';
import { memberStatusChanged } from '../../domain/events';
import type { MemberStatus } from '../../domain/MemberStatus';

const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };
const ESCALATION = { kind: 'forbidden', code: 'ROLE_ESCALATION' };
const LAST_OWNER = { kind: 'conflict', code: 'LAST_OWNER' };

describe('A membership', () => {
  const by = newId<UserId>();

  it('is suspended by somebody, for a reason, and that is announced', () => {
    const member = aMember();
    const { workspaceId, userId } = member.state;
    member.changeStatus({ to: 'banned', by, reason: 'spam' }, NOW);
    expect(member.state.status).toBe('banned');
    expect(member.releaseEvents()).toEqual([
      expect.objectContaining({
        type: 'workspace.member-status-changed',
        workspaceId,
        actorId: by,
        occurredAt: NOW,
        facts: { userId, from: 'active', to: 'banned', reason: 'spam' },
      }),
    ]);
  });

  it('is not suspended twice', () => {
    const member = aMember({ status: 'inactive' });
    member.changeStatus({ to: 'inactive', by, reason: null }, NOW);
    expect(member.releaseEvents()).toEqual([]);
  });
});

describe('ChangeMemberStatus', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let changeMemberStatus: ChangeMemberStatus;

  const change = (actor: WorkspaceActor, { userId }: { userId: UserId }, status: MemberStatus = 'banned') =>
    changeMemberStatus.execute(actor, { userId, status });

  const statusOf = ({ userId, workspaceId }: WorkspaceActor) =>
    platform.unitOfWork.run(
      { workspaceId },
      async () => (await platform.members.get(workspaceId, userId)).state.status,
    );

  const join = (role: string, status: MemberStatus = 'active') =>
    platform.addMember(owner.workspaceId, role, { status });

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    owner = await platform.addWorkspace();
    const { workspaces, members, ownerRules, unitOfWork, clock } = platform;
    changeMemberStatus = new ChangeMemberStatus(workspaces, members, ownerRules, unitOfWork, clock);
  });

  it('suspends a member and lets them in again, and tells who did it and why', async () => {
    const admin = await join('admin');
    const member = await join('member');
    const { userId } = member;
    await changeMemberStatus.execute(admin, { userId, status: 'inactive', reason: 'on leave' });
    await expect(statusOf(member)).resolves.toBe('inactive');
    await changeMemberStatus.execute(owner, { userId, status: 'active', reason: '' });
    await expect(statusOf(member)).resolves.toBe('active');
    expect(platform.eventBus.of(memberStatusChanged)).toMatchObject([
      { actorId: admin.userId, facts: { userId, from: 'active', to: 'inactive', reason: 'on leave' } },
      { actorId: owner.userId, facts: { userId, from: 'inactive', to: 'active', reason: null } },
    ]);
  });

  it('lets an owner suspend another one, and let them in again', async () => {
    const second = await join('owner');
    await change(owner, second);
    await expect(statusOf(second)).resolves.toBe('banned');
    await change(owner, second, 'active');
    await expect(statusOf(second)).resolves.toBe('active');
  });

  it('keeps an owner when two suspend each other at the same time', async () => {
    const second = await join('owner');
    const outcomes = await Promise.allSettled([change(owner, second), change(second, owner)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  describe('refuses, and changes nothing:', () => {
    const refused = async (actor: WorkspaceActor, target: WorkspaceActor, expected: object, to?: MemberStatus) => {
      const before = await statusOf(target);
      await expect(change(actor, target, to)).rejects.toMatchObject(expected);
      expect(platform.eventBus.types()).toEqual([]);
      await expect(statusOf(target)).resolves.toBe(before);
    };

    it('an admin who suspends an owner', async () => {
      await join('owner');
      await refused(await join('admin'), owner, ESCALATION);
    });

    it('an admin who lets a banned owner in again', async () => {
      const banned = await join('owner', 'banned');
      await refused(await join('admin'), banned, ESCALATION, 'active');
    });

    it.each(['active', 'inactive', 'banned'] as const)('who makes themselves %s', async (status) => {
      await refused(owner, owner, ESCALATION, status);
      const admin = await join('admin');
      await refused(admin, admin, ESCALATION, status);
    });

    it('a suspended owner, whose request was admitted before, who suspends the last one', async () => {
      await refused(await join('owner', 'inactive'), owner, ESCALATION);
    });

    it('a member of another workspace', async () => {
      await refused(owner, await platform.addWorkspace(), NOT_FOUND);
    });
  });

  it('knows the last active owner', async () => {
    await join('owner', 'banned');
    const { ownerRules, unitOfWork } = platform;
    const { workspaceId, userId } = owner;
    const check = () => unitOfWork.run({ workspaceId }, () => ownerRules.assertNotLast(workspaceId, userId));
    await expect(check()).rejects.toMatchObject(LAST_OWNER);
    await join('owner');
    await expect(check()).resolves.toBeUndefined();
  });
});
