import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { InMemoryWorkspaceRepository } from '../../../../../tests/fixtures/InMemoryWorkspaceRepository';
import type { UserActor } from '../../../../core/domain/Actor';
import type { WorkspaceId } from '../../../../core/domain/Id';
import { ConflictError } from '../../../../core/errors/ConflictError';
import { CreateWorkspace } from '../../application/CreateWorkspace';
import { memberJoined, workspaceCreated } from '../../domain/events';
import { Slug } from '../../domain/Slug';
import type { Workspace } from '../../domain/Workspace';
import { WorkspaceName } from '../../domain/WorkspaceName';

const SLUG_TAKEN = expect.objectContaining({ kind: 'conflict', code: 'SLUG_TAKEN' });

/** Refuses every workspace, and remembers which slugs were tried. */
class RefusingWorkspaceRepository extends InMemoryWorkspaceRepository {
  readonly tried: string[] = [];

  constructor(
    { unitOfWork, eventBus }: InMemoryPlatform,
    private readonly refusal: Error,
  ) {
    super(unitOfWork, eventBus);
  }

  override async save(workspace: Workspace): Promise<void> {
    this.tried.push(workspace.state.slug);
    throw this.refusal;
  }
}

describe('CreateWorkspace', () => {
  const name = WorkspaceName('Analytical Engines');
  let platform: InMemoryPlatform;
  let maker: UserActor;
  let createWorkspace: CreateWorkspace;

  const stateOf = async (workspaceId: WorkspaceId) =>
    platform.unitOfWork.run({ workspaceId }, async () => (await platform.workspaces.get(workspaceId)).state);

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    maker = await platform.addUser();
    const { users, workspaces, members, unitOfWork, clock } = platform;
    createWorkspace = new CreateWorkspace(users, workspaces, members, unitOfWork, clock);
  });

  it('makes a workspace that belongs to its maker', async () => {
    const id = await createWorkspace.execute(maker, { name, slug: Slug('engines'), description: 'Of brass' });
    await expect(stateOf(id)).resolves.toMatchObject({
      id,
      name: 'Analytical Engines',
      slug: 'engines',
      description: 'Of brass',
      ownerId: maker.userId,
      createdAt: platform.clock.now(),
    });
  });

  it('makes its maker a member, and the owner, in the same breath', async () => {
    const workspaceId = await createWorkspace.execute(maker, { name });
    await platform.unitOfWork.run({ workspaceId }, async () => {
      await expect(platform.members.has(workspaceId, maker.userId)).resolves.toBe(true);
    });
    expect(platform.eventBus.types()).toEqual(['workspace.created', 'workspace.member-joined']);
    expect(platform.eventBus.of(workspaceCreated)).toMatchObject([{ workspaceId, actorId: maker.userId }]);
    expect(platform.eventBus.of(memberJoined)).toMatchObject([
      { workspaceId, facts: { userId: maker.userId, roles: ['owner'] } },
    ]);
  });

  it('makes a slug of the name, and has no description, unless it is told', async () => {
    const id = await createWorkspace.execute(maker, { name });
    await expect(stateOf(id)).resolves.toMatchObject({ slug: 'analytical-engines', description: null });
  });

  it('refuses a slug that was asked for and is taken, and leaves nothing behind', async () => {
    await createWorkspace.execute(maker, { name, slug: Slug('engines') });
    const before = platform.eventBus.types();
    await expect(createWorkspace.execute(await platform.addUser(), { name, slug: Slug('engines') })).rejects.toEqual(
      SLUG_TAKEN,
    );
    expect(platform.eventBus.types()).toEqual(before);
  });

  it('finds another slug when the one made from the name is taken', async () => {
    await createWorkspace.execute(maker, { name });
    const id = await createWorkspace.execute(maker, { name });
    await expect(stateOf(id)).resolves.toMatchObject({
      slug: expect.stringMatching(/^analytical-engines-[0-9a-f]{6}$/),
    });
    expect(platform.eventBus.of(workspaceCreated)).toHaveLength(2);
    expect(platform.eventBus.of(memberJoined)).toHaveLength(2);
  });

  describe('on a platform that refuses every workspace', () => {
    const attempt = async (refusal: Error) => {
      const { members, unitOfWork, clock } = platform;
      const refusing = new RefusingWorkspaceRepository(platform, refusal);
      await expect(
        new CreateWorkspace(platform.users, refusing, members, unitOfWork, clock).execute(maker, { name }),
      ).rejects.toBe(refusal);
      expect(platform.eventBus.types()).toEqual([]);
      return refusing.tried;
    };

    it('gives up after three slugs that are taken', async () => {
      const tried = await attempt(new ConflictError('SLUG_TAKEN', 'Taken.'));
      expect(tried).toHaveLength(3);
      expect(new Set(tried).size).toBe(3);
    });

    it.each([ConflictError.stale(), new Error('The database is away.')])('tries once after: %p', async (refusal) => {
      await expect(attempt(refusal)).resolves.toHaveLength(1);
    });
  });
});
