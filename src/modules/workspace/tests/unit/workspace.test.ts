import { anActor } from '../../../../../tests/fixtures/anActor';
import { aWorkspace } from '../../../../../tests/fixtures/aWorkspace';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId, type WorkspaceId } from '../../../../core/domain/Id';
import { Slug } from '../../domain/Slug';
import { Workspace } from '../../domain/Workspace';
import { WorkspaceName } from '../../domain/WorkspaceName';

describe('A workspace', () => {
  const maker = anActor();
  const naming = { id: newId<WorkspaceId>(), name: WorkspaceName('Acme'), slug: Slug('acme'), description: null };

  it('belongs at first to whoever made it', () => {
    const workspace = Workspace.create(maker, naming, NOW);
    expect(workspace.version).toBe(0);
    expect(workspace.state).toEqual({
      ...naming,
      settings: {},
      ownerId: maker.userId,
      status: 'active',
      suspensionReason: null,
      deletedAt: null,
      createdAt: NOW,
      updatedAt: NOW,
    });
  });

  it('is announced when it is made', () => {
    expect(Workspace.create(maker, naming, NOW).releaseEvents()).toEqual([
      expect.objectContaining({
        type: 'workspace.created',
        workspaceId: naming.id,
        actorId: maker.userId,
        occurredAt: NOW,
        facts: { ownerId: maker.userId },
      }),
    ]);
  });

  it('comes back from the database as it was, and unannounced', () => {
    const { state } = aWorkspace({ settings: { locale: 'de' }, status: 'suspended', deletedAt: NOW });
    const workspace = Workspace.restore(state, 4);
    expect(workspace.state).toEqual(state);
    expect(workspace.version).toBe(4);
    expect(workspace.releaseEvents()).toEqual([]);
  });
});
