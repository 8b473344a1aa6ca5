import { aWorkspaceActor } from '../../../../tests/fixtures/anActor';
import { ANONYMOUS, requirePermission } from '../../domain/Actor';
import { ForbiddenError } from '../../errors/ForbiddenError';

describe('An actor', () => {
  it('passes the check of a permission that they hold', () => {
    const actor = aWorkspaceActor({ permissions: new Set(['tasks.read', 'tasks.update']) });
    expect(() => requirePermission(actor, 'tasks.update')).not.toThrow();
  });

  it.each([
    ['they do not hold', 'tasks.delete'],
    ['is only part of one they hold', 'tasks'],
    ['one they hold is only part of', 'tasks.read.all'],
    ['differs in case', 'TASKS.READ'],
    ['is empty', ''],
  ])('is refused a permission that %s, by its name', (_why, permission) => {
    const actor = aWorkspaceActor({ permissions: new Set(['tasks.read']) });
    const refusal = { kind: 'forbidden', code: 'PERMISSION_DENIED', details: { permission } };
    expect(() => requirePermission(actor, permission)).toThrow(ForbiddenError);
    expect(() => requirePermission(actor, permission)).toThrow(expect.objectContaining(refusal));
  });

  it('gets no permission from the name of a role alone', () => {
    const actor = aWorkspaceActor({ roles: ['owner'], permissions: new Set() });
    expect(() => requirePermission(actor, 'tasks.read')).toThrow(ForbiddenError);
  });

  it('who is nobody in particular stays so', () => {
    expect(Object.isFrozen(ANONYMOUS)).toBe(true);
    expect(ANONYMOUS).toEqual({});
  });
});
