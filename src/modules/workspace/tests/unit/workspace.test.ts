import { anActor } from '../../../../../tests/fixtures/anActor';
import { aWorkspace } from '../../../../../tests/fixtures/aWorkspace';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId, type UserId, type WorkspaceId } from '../../../../core/domain/Id';
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

  describe('that is there', () => {
    const by = newId<UserId>();
    const later = new Date(NOW.getTime() + 60_000);
    const DAY_MS = 24 * 60 * 60 * 1000;

    it('is changed where it differs, and says so', () => {
      const workspace = aWorkspace({ name: WorkspaceName('Acme'), settings: { locale: 'de', limits: {} } });
      workspace.update(by, { name: WorkspaceName('Acme'), settings: { limits: {}, locale: 'de' } }, later);
      expect(workspace.releaseEvents()).toEqual([]);
      expect(workspace.state.updatedAt).toBe(NOW);
      workspace.update(by, { name: WorkspaceName('Acme 2'), description: 'x', settings: {} }, later);
      const { status, suspensionReason, deletedAt, ...facts } = workspace.state;
      expect(facts).toMatchObject({ name: 'Acme 2', description: 'x', settings: {}, updatedAt: later });
      expect(workspace.releaseEvents()).toMatchObject([
        {
          type: 'workspace.updated',
          actorId: by,
          occurredAt: later,
          facts: {
            workspace: JSON.parse(JSON.stringify(facts)),
            changed: ['name', 'description', 'settings'],
            before: { name: 'Acme', description: null, settings: { locale: 'de', limits: {} } },
          },
        },
      ]);
    });

    it('is deleted for 30 days, in which it can be restored', () => {
      const workspace = aWorkspace();
      workspace.assertOpen();
      workspace.delete(by, NOW);
      expect(() => workspace.assertOpen()).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
      const end = new Date(NOW.getTime() + 30 * DAY_MS);
      expect(workspace.releaseEvents()).toMatchObject([
        { type: 'workspace.deleted', actorId: by, facts: { restorableUntil: end.toISOString() } },
      ]);
      expect(() => workspace.undelete(by, end)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
      workspace.undelete(by, new Date(end.getTime() - 1));
      workspace.assertOpen();
      expect(workspace.state.deletedAt).toBeNull();
      expect(workspace.releaseEvents()).toMatchObject([{ type: 'workspace.restored', actorId: by }]);
      workspace.undelete(by, later);
      expect(workspace.releaseEvents()).toEqual([]);
    });

    it('is suspended and resumed, once each, and not restored in between', () => {
      const workspace = aWorkspace({ deletedAt: NOW });
      const suspend = { to: 'suspended', by, reason: 'unpaid' } as const;
      workspace.changeStatus(suspend, later);
      workspace.changeStatus({ ...suspend, reason: 'again' }, later);
      expect(workspace.state).toMatchObject({ status: 'suspended', suspensionReason: 'unpaid', updatedAt: NOW });
      expect(() => workspace.undelete(by, later)).toThrow(expect.objectContaining({ code: 'WORKSPACE_SUSPENDED' }));
      const open = aWorkspace({ status: 'suspended' });
      expect(() => open.assertOpen()).toThrow(expect.objectContaining({ code: 'WORKSPACE_SUSPENDED' }));
      workspace.changeStatus({ to: 'active', by, reason: 'paid' }, later);
      expect(workspace.state).toMatchObject({ status: 'active', suspensionReason: null });
      expect(workspace.releaseEvents()).toMatchObject([
        { type: 'workspace.suspended', actorId: by, facts: { reason: 'unpaid' } },
        { type: 'workspace.resumed', actorId: by, facts: { reason: 'paid' } },
      ]);
    });

    it('is handed over, which is told to the roles and to the members', () => {
      const workspace = aWorkspace();
      const [from, to] = [workspace.state.ownerId, newId<UserId>()];
      workspace.handOver({ from, to }, later);
      expect(workspace.state.ownerId).toBe(to);
      expect(workspace.releaseEvents()).toMatchObject([
        { type: 'workspace.ownership-transferred', actorId: to, facts: { from, to } },
        { type: 'workspace.updated', facts: { changed: ['ownerId'], workspace: { ownerId: to } } },
      ]);
    });
  });
});
