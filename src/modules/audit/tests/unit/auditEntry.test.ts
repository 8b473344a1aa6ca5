import { newId, type UserId, type WorkspaceId } from '../../../../core/domain/Id';
import { auditEntryOf, PLATFORM_AUDIT } from '../../domain/AuditEntry';

describe('What the audit keeps of an event', () => {
  const [workspaceId, actorId, id] = [newId<WorkspaceId>(), newId<UserId>(), newId<string>()];
  const at = new Date('2026-03-01T12:00:00.123Z');
  const origin = { via: 'http', ip: '203.0.113.7', userAgent: 'curl', requestId: 'r-1' } as const;

  const keep = (type: string, facts: object, workspace: WorkspaceId | null = workspaceId) =>
    auditEntryOf({ id: newId(), type, workspaceId: workspace, actorId, occurredAt: at, facts }, origin);

  it('is who, what, when and from where', () => {
    expect(keep('workspace.restored', {})).toEqual({
      ...origin,
      workspaceId,
      id: expect.any(String),
      at,
      action: 'workspace.restored',
      actorId,
      resource: { type: 'workspace', id: workspaceId },
      outcome: 'success',
      changes: [],
      details: {},
    });
  });

  it('belongs to the platform where it belongs to no workspace', () => {
    expect(keep('auth.signed-in', { userId: id }, null)).toMatchObject({
      workspaceId: PLATFORM_AUDIT,
      resource: { type: 'user', id },
    });
    expect(keep('auth.sign-in-failed', { userId: null, reason: 'wrong credentials' }, null)).toMatchObject({
      resource: null,
      outcome: 'failure',
      details: { userId: null, reason: 'wrong credentials' },
    });
  });

  it.each([
    ['access.denied', 'denied'],
    ['auth.account-locked', 'failure'],
    ['auth.password-refused', 'failure'],
    ['workspace.export-failed', 'failure'],
    ['auth.signed-in', 'success'],
  ])('tells how it ended: %s is %s', (type, outcome) => {
    expect(keep(type, {}).outcome).toBe(outcome);
  });

  it.each([
    ['which it carries under its name', { note: 'x', role: { id, key: 'k' } }, { type: 'role', id }, { note: 'x' }],
    ['which it names by its id', { roleId: id, key: 'k' }, { type: 'role', id }, { key: 'k' }],
    ['the first of several', { offerId: id, userId: newId() }, { type: 'offer', id }, { userId: expect.any(String) }],
    ['carried before named', { userId: newId(), role: { id } }, { type: 'role', id }, { userId: expect.any(String) }],
    ['not a role that is but a key', { role: 'admin' }, { type: 'workspace', id: workspaceId }, { role: 'admin' }],
  ])('is about a resource: %s', (_what, facts, resource, details) => {
    expect(keep('lamp.lit', facts)).toMatchObject({ resource });
    expect(keep('lamp.lit', facts).details).toEqual(details);
  });

  it('is about the workspace where the event is the workspace’s own, whomever it names', () => {
    const workspace = { type: 'workspace', id: workspaceId };
    expect(keep('workspace.created', { ownerId: id })).toMatchObject({ resource: workspace, details: { ownerId: id } });
    expect(keep('workspace.member-joined', { userId: id })).toMatchObject({ resource: { type: 'user', id } });
  });

  it('shows each changed field before and after, where the event tells', () => {
    const workspace = { id: workspaceId, name: 'New', slug: 's' };
    const told = keep('workspace.updated', { workspace, changed: ['name'], before: { name: 'Old' } });
    expect(told).toMatchObject({ changes: [{ field: 'name', before: 'Old', after: 'New' }], details: {} });
    const untold = keep('user.profile-changed', { userId: id, changed: ['bio'] });
    expect(untold).toMatchObject({ changes: [{ field: 'bio' }], details: {}, resource: { type: 'user', id } });
  });

  it('shows a list before and after, from what was added and removed', () => {
    const roles = keep('role.member-roles-changed', { userId: id, roles: ['b', 'a'], added: ['b'], removed: ['c'] });
    expect(roles.changes).toEqual([{ field: 'roles', before: ['a', 'c'], after: ['a', 'b'] }]);
    const role = { id, permissions: ['x.y'] };
    const permissions = keep('role.changed', { role, added: [], removed: ['x.z'] });
    expect(permissions.changes).toEqual([{ field: 'permissions', before: ['x.y', 'x.z'], after: ['x.y'] }]);
    expect(keep('role.changed', { role, added: [], removed: [] }).changes).toEqual([]);
    expect(keep('lamp.lit', { added: ['x'], removed: [] }).changes).toEqual([]);
  });

  it('shows a status, or an owner, before and after', () => {
    const status = keep('user.status-changed', { userId: id, from: 'active', to: 'banned', reason: 'Spam' });
    expect(status.changes).toEqual([{ field: 'status', before: 'active', after: 'banned' }]);
    expect(status.details).toEqual({ reason: 'Spam' });
    const owner = keep('workspace.ownership-transferred', { from: 'a', to: 'b' });
    expect(owner.changes).toEqual([{ field: 'owner', before: 'a', after: 'b' }]);
    expect(keep('workspace.imported', { from: 'a', rows: 1 })).toMatchObject({ changes: [], details: { from: 'a' } });
  });

  it('has no place for secrets, should an event ever name one', () => {
    const facts = { password: 'canary', refreshToken: 'canary', clientSecret: 'canary', Cookie: 'canary', reason: 'r' };
    expect(keep('lamp.lit', facts).details).toEqual({ reason: 'r' });
  });
});
