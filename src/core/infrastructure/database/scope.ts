import type { Scope } from '../../application/UnitOfWork';
import { statement } from './Statement';

/** Sets the transaction's tenant; the row-level security policies of `tenantTable` read these settings. */
export const SET_SCOPE = statement(
  'core.set-scope',
  `SELECT set_config('app.workspace_id', $1, true), set_config('app.user_id', $2, true), set_config('app.platform', $3, true)`,
);

/**
 * The three settings of a scope. A workspace excludes the person: inside a workspace nobody sees
 * rows of another one, not even one's own.
 */
export function scopeValues({ workspaceId, userId, platform }: Scope): readonly [string, string, string] {
  if (platform) return ['', '', 'on'];
  if (workspaceId) return [workspaceId, '', ''];
  return ['', userId ?? '', ''];
}

export function sameScope(left: Scope, right: Scope): boolean {
  return scopeValues(left).join() === scopeValues(right).join();
}
