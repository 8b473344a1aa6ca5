import { aMember } from '../../fixtures/aMember';
import { aUser } from '../../fixtures/aUser';
import { aWorkspace } from '../../fixtures/aWorkspace';
import { anActor } from '../../fixtures/anActor';
import { newId, type UserId, type WorkspaceId } from '../../../src/core/domain/Id';
import { EmailDomain } from '../../../src/modules/workspace/domain/EmailDomain';
import { Slug } from '../../../src/modules/workspace/domain/Slug';
import { Workspace, type WorkspaceState } from '../../../src/modules/workspace/domain/Workspace';
import { WorkspaceName } from '../../../src/modules/workspace/domain/WorkspaceName';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';
import { settle } from '../settle';

const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };
const STALE = { kind: 'conflict', code: 'CONFLICT' };
const SLUG_TAKEN = { kind: 'conflict', code: 'SLUG_TAKEN' };

/** What every WorkspaceRepository does. */
export function workspaceRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;
  let ownerId: UserId;

  const within = <Result>(workspaceId: WorkspaceId, work: () => Promise<Result>) =>
    world.unitOfWork.run({ workspaceId }, work);
  const save = (workspace: Workspace) => within(workspace.state.id, () => world.workspaces.save(workspace));
  const get = (id: WorkspaceId) => within(id, () => world.workspaces.get(id));

  const saved = async (state: Partial<WorkspaceState> = {}): Promise<WorkspaceState> => {
    const workspace = aWorkspace({ ownerId, ...state });
    await save(workspace);
    return workspace.state;
  };

  beforeAll(async () => {
    world = await start();
    const owner = aUser();
    ownerId = owner.state.id;
    await world.unitOfWork.run({}, () => world.users.save(owner));
  });

  afterAll(() => world.stop());

  it('gives back what was saved, to the millisecond', async () => {
    const workspace = aWorkspace({
      ownerId,
      name: WorkspaceName('Müller & Söhne 株式会社'),
      description: 'One line\nand another',
      settings: { locale: 'de', limits: { maxMembers: 5 }, allowedEmailDomains: [EmailDomain('engines.example')] },
      status: 'suspended',
      suspensionReason: 'unpaid',
      deletedAt: new Date('2026-01-02T00:00:00.001Z'),
      createdAt: new Date('2026-01-01T00:00:00.001Z'),
      updatedAt: new Date('2026-01-01T00:00:00.999Z'),
    });
    await save(workspace);
    const found = await get(workspace.state.id);
    expect(found.state).toEqual(workspace.state);
    expect(found.version).toBe(1);
    expect(found.releaseEvents()).toEqual([]);
  });

  it('counts a version up with each save, and refuses one that is out of date', async () => {
    const { id } = await saved();
    const stale = await get(id);
    await save(await get(id));
    expect((await get(id)).version).toBe(2);
    await expect(save(stale)).rejects.toMatchObject(STALE);
    await expect(save(aWorkspace({ ownerId }, 1))).rejects.toMatchObject(STALE);
  });

  it('finds none by an unknown id, to read or to lock', async () => {
    const id = newId<WorkspaceId>();
    await expect(get(id)).rejects.toMatchObject(NOT_FOUND);
    await expect(within(id, () => world.workspaces.lock(id))).rejects.toMatchObject(NOT_FOUND);
  });

  it('finds none from within another workspace, or from without any', async () => {
    const [mine, theirs] = [await saved(), await saved()];
    await expect(within(mine.id, () => world.workspaces.get(theirs.id))).rejects.toMatchObject(NOT_FOUND);
    await expect(within(mine.id, () => world.workspaces.lock(theirs.id))).rejects.toMatchObject(NOT_FOUND);
    await expect(world.workspaces.get(theirs.id)).rejects.toMatchObject(NOT_FOUND);
    await expect(world.unitOfWork.run({}, () => world.workspaces.get(theirs.id))).rejects.toMatchObject(NOT_FOUND);
  });

  it('finds each of them in a job of the platform', async () => {
    const { id } = await saved();
    const found = await world.unitOfWork.run({ platform: true }, () => world.workspaces.get(id));
    expect(found.state.id).toBe(id);
  });

  it('can not be made to write into another workspace', async () => {
    const { id: mine } = await saved();
    const foreign = aWorkspace({ ownerId });
    await expect(within(mine, () => world.workspaces.save(foreign))).rejects.toThrow(/row-level security/);
    const theirs = await get((await saved()).id);
    await expect(within(mine, () => world.workspaces.save(theirs))).rejects.toMatchObject(STALE);
    expect((await get(theirs.state.id)).version).toBe(1);
  });

  it('refuses a slug that any other workspace has', async () => {
    const { slug } = await saved();
    await expect(save(aWorkspace({ ownerId, slug }))).rejects.toMatchObject(SLUG_TAKEN);
    const { id } = await saved();
    const renamed = Workspace.restore({ ...(await get(id)).state, slug }, 1);
    await expect(save(renamed)).rejects.toMatchObject(SLUG_TAKEN);
    await expect(save(aWorkspace({ ownerId, slug: Slug(`${slug}-2`) }))).resolves.toBeUndefined();
  });

  it('lets one unit of work at a time hold a workspace', async () => {
    const { id } = await saved();
    const rename = (suffix: string) =>
      within(id, async () => {
        const { state, version } = await world.workspaces.lock(id);
        const name = WorkspaceName(`${state.name}${suffix}`);
        await world.workspaces.save(Workspace.restore({ ...state, name }, version));
      });
    await Promise.all([rename('!'), rename('!'), rename('!')]);
    expect((await get(id)).state.name).toBe('Analytical Engines!!!');
  });

  it('publishes what happened with the save, and nothing of one that was refused', async () => {
    const before = (await world.published()).length;
    const { slug } = await saved();
    const create = (of: Pick<WorkspaceState, 'id' | 'slug'>) =>
      Workspace.create(
        anActor({ userId: ownerId }),
        { ...of, name: WorkspaceName('Acme'), description: null },
        new Date(),
      );
    await expect(save(create({ id: newId(), slug }))).rejects.toMatchObject(SLUG_TAKEN);
    await save(create({ id: newId(), slug: Slug(`${slug}-b`) }));
    expect((await world.published()).slice(before)).toEqual(['workspace.created']);
  });

  it('tells a workspace as a view', async () => {
    const { status, suspensionReason, deletedAt, ...view } = await saved();
    const { workspaceQueries } = world;
    await expect(workspaceQueries.workspace(view.id)).resolves.toEqual(view);
    const { description, settings, ...known } = view;
    const forAdmins = { ...known, status, suspensionReason, deletedAt };
    await expect(workspaceQueries.adminWorkspace(view.id)).resolves.toEqual(forAdmins);
    await expect(workspaceQueries.workspace(newId())).rejects.toMatchObject(NOT_FOUND);
    await expect(workspaceQueries.adminWorkspace(newId())).rejects.toMatchObject(NOT_FOUND);
  });

  it('finds and holds a deleted one, which has no view but for admins', async () => {
    const state = await saved({ deletedAt: new Date('2026-01-02T00:00:00.001Z') });
    const { id } = state;
    expect((await get(id)).state).toEqual(state);
    expect((await within(id, () => world.workspaces.lock(id))).state).toEqual(state);
    await expect(world.workspaceQueries.workspace(id)).rejects.toMatchObject(NOT_FOUND);
    await expect(world.workspaceQueries.adminWorkspace(id)).resolves.toMatchObject({ id });
  });

  it('tells which open workspaces let a domain in, but for those that a person is in', async () => {
    const [domain, other] = [EmailDomain('engines.example'), EmailDomain('looms.example')];
    const userId = await settle.user(world);
    const make = async (domains: EmailDomain[], state: Partial<WorkspaceState> = {}): Promise<WorkspaceId> => {
      const { id } = await saved();
      const workspace = await get(id);
      workspace.update(ownerId, { settings: { allowedEmailDomains: domains } }, new Date());
      await save(workspace);
      const { state: updated, version } = await get(id);
      await save(Workspace.restore({ ...updated, ...state }, version));
      return id;
    };
    const [both, one, joined] = [await make([domain, other]), await make([domain]), await make([domain])];
    await make([domain], { status: 'suspended' });
    await make([domain], { deletedAt: new Date() });
    await within(joined, () => world.members.add(aMember({ workspaceId: joined, userId, status: 'banned' })));
    const openTo = (name: string) => world.workspaceQueries.workspacesOpenTo(name, userId);
    await expect(openTo(domain)).resolves.toEqual([both, one].sort());
    await expect(openTo(other)).resolves.toEqual([both]);
    await expect(openTo('nowhere.example')).resolves.toEqual([]);
    const closed = await get(both);
    closed.update(ownerId, { settings: { allowedEmailDomains: [other] } }, new Date());
    await save(closed);
    await expect(openTo(domain)).resolves.toEqual([one]);
    const withoutAny = await get(both);
    withoutAny.update(ownerId, { settings: {} }, new Date());
    await save(withoutAny);
    await expect(openTo(other)).resolves.toEqual([]);
  });
}
