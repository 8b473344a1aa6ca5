import { aMember } from '../../fixtures/aMember';
import { newId, type UserId, type WorkspaceId } from '../../../src/core/domain/Id';
import { Member, type MemberState } from '../../../src/modules/workspace/domain/Member';
import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };
const STALE = { kind: 'conflict', code: 'CONFLICT' };
const ALREADY_MEMBER = { kind: 'conflict', code: 'ALREADY_MEMBER' };

const NOW = new Date('2026-01-15T12:00:00.123Z');

/** What every MemberRepository does. */
export function memberRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;
  let workspaceId: WorkspaceId;
  let otherId: WorkspaceId;

  const within = <Result>(scope: WorkspaceId, work: () => Promise<Result>) =>
    world.unitOfWork.run({ workspaceId: scope }, work);
  const add = (member: Member) => within(member.state.workspaceId, () => world.members.add(member));
  const get = (userId: UserId) => within(workspaceId, () => world.members.get(workspaceId, userId));

  const added = async (state: Partial<MemberState> = {}): Promise<MemberState> => {
    const member = aMember({ workspaceId, userId: await settle.user(world), ...state });
    await add(member);
    return member.state;
  };

  beforeAll(async () => {
    world = await start();
    workspaceId = await settle.workspace(world);
    otherId = await settle.workspace(world);
  });

  afterAll(() => world.stop());

  it('gives back who was added, to the millisecond', async () => {
    const state = await added({ status: 'inactive', joinedAt: new Date('2026-01-01T00:00:00.001Z') });
    const found = await get(state.userId);
    expect(found.state).toEqual(state);
    expect(found.version).toBe(1);
    expect(found.releaseEvents()).toEqual([]);
  });

  it('knows who is a member, whatever their status, and who is not', async () => {
    const { userId } = await added({ status: 'banned' });
    const has = (id: UserId) => within(workspaceId, () => world.members.has(workspaceId, id));
    await expect(has(userId)).resolves.toBe(true);
    await expect(has(newId())).resolves.toBe(false);
    await expect(get(newId())).rejects.toMatchObject(NOT_FOUND);
  });

  it('counts the members of one workspace, whatever their status', async () => {
    const count = () => within(workspaceId, () => world.members.count(workspaceId));
    const before = await count();
    const { userId } = await added({ status: 'banned' });
    await added({ workspaceId: otherId, userId });
    await expect(count()).resolves.toBe(before + 1);
    await expect(within(otherId, () => world.members.count(workspaceId))).resolves.toBe(0);
  });

  it('refuses a second membership of one person, and publishes nothing of it', async () => {
    const { userId } = await added();
    const before = await world.published();
    const again = Member.join({ workspaceId, userId, roles: [] }, NOW);
    await expect(add(again)).rejects.toMatchObject(ALREADY_MEMBER);
    await expect(world.published()).resolves.toEqual(before);
  });

  it('lets a person be a member of many workspaces', async () => {
    const { userId } = await added();
    await added({ workspaceId: otherId, userId });
    await expect(within(otherId, () => world.members.has(otherId, userId))).resolves.toBe(true);
  });

  it('finds no member of another workspace, neither by its id nor from within it', async () => {
    const { userId } = await added();
    await expect(within(workspaceId, () => world.members.get(otherId, userId))).rejects.toMatchObject(NOT_FOUND);
    await expect(within(otherId, () => world.members.get(workspaceId, userId))).rejects.toMatchObject(NOT_FOUND);
    await expect(within(otherId, () => world.members.has(workspaceId, userId))).resolves.toBe(false);
    await expect(world.unitOfWork.run({}, () => world.members.has(workspaceId, userId))).resolves.toBe(false);
  });

  it('can not be made to write into another workspace', async () => {
    const stranger = aMember({ workspaceId: otherId, userId: await settle.user(world) });
    await expect(within(workspaceId, () => world.members.add(stranger))).rejects.toThrow(/row-level security/);
    const { userId } = await added();
    const member = await get(userId);
    await expect(within(otherId, () => world.members.remove(member))).rejects.toMatchObject(STALE);
    await expect(get(userId)).resolves.toBeDefined();
  });

  it('removes a member, once, and no other one', async () => {
    const [{ userId }, neighbour] = [await added(), await added()];
    const [first, second] = [await get(userId), await get(userId)];
    await within(workspaceId, () => world.members.remove(first));
    await expect(get(userId)).rejects.toMatchObject(NOT_FOUND);
    await expect(within(workspaceId, () => world.members.remove(second))).rejects.toMatchObject(STALE);
    await expect(get(neighbour.userId)).resolves.toBeDefined();
  });

  it('remembers who has left, as long as they are no member again', async () => {
    const hasLeft = (userId: UserId, scope = workspaceId) => within(scope, () => world.members.hasLeft(scope, userId));
    const { userId } = await added();
    await expect(hasLeft(userId)).resolves.toBe(false);
    const leave = () =>
      within(workspaceId, async () => world.members.remove(await world.members.get(workspaceId, userId)));
    await leave();
    await expect(hasLeft(userId)).resolves.toBe(true);
    await expect(hasLeft(userId, otherId)).resolves.toBe(false);
    await expect(hasLeft(newId())).resolves.toBe(false);
    await added({ userId });
    await expect(hasLeft(userId)).resolves.toBe(false);
    await leave();
    await expect(hasLeft(userId)).resolves.toBe(true);
  });

  it('refuses to remove who was changed since', async () => {
    const { userId } = await added();
    const { state, version } = await get(userId);
    const stale = Member.restore(state, version + 1);
    await expect(within(workspaceId, () => world.members.remove(stale))).rejects.toMatchObject(STALE);
  });

  it('lets a former member join again', async () => {
    const { userId } = await added();
    await within(workspaceId, async () => world.members.remove(await world.members.get(workspaceId, userId)));
    await expect(added({ userId })).resolves.toMatchObject({ userId });
  });

  it('publishes joining and leaving with the change', async () => {
    const before = (await world.published()).length;
    const userId = await settle.user(world);
    await add(Member.join({ workspaceId, userId, roles: [] }, NOW));
    await within(workspaceId, async () => {
      const member = await world.members.get(workspaceId, userId);
      member.leave(userId, NOW);
      await world.members.remove(member);
    });
    const events = (await world.published()).slice(before);
    expect(events).toEqual(['workspace.member-joined', 'workspace.member-left']);
  });

  it('publishes nothing of a removal that was refused', async () => {
    const before = await world.published();
    const ghost = aMember({ workspaceId }, 1);
    ghost.leave(ghost.state.userId, NOW);
    await expect(within(workspaceId, () => world.members.remove(ghost))).rejects.toMatchObject(STALE);
    await expect(world.published()).resolves.toEqual(before);
  });

  it('keeps a change of status, with its event, and refuses one that is out of date', async () => {
    const { userId } = await added();
    const [first, second] = [await get(userId), await get(userId)];
    const before = (await world.published()).length;
    first.changeStatus({ to: 'banned', by: newId(), reason: 'spam' }, NOW);
    second.changeStatus({ to: 'inactive', by: newId(), reason: null }, NOW);
    await within(workspaceId, () => world.members.save(first));
    await expect(within(workspaceId, () => world.members.save(second))).rejects.toMatchObject(STALE);
    const found = await get(userId);
    expect(found.state).toEqual(first.state);
    expect(found.version).toBe(2);
    expect((await world.published()).slice(before)).toEqual(['workspace.member-status-changed']);
  });

  it('tells all workspaces of a person in order, whatever their status there', async () => {
    const { userId } = await added({ status: 'banned' });
    await added({ workspaceId: otherId, userId });
    await added({ workspaceId: otherId });
    await expect(world.workspaceQueries.membershipsOf(userId)).resolves.toEqual([workspaceId, otherId].sort());
    await expect(world.workspaceQueries.membershipsOf(newId())).resolves.toEqual([]);
  });
}
