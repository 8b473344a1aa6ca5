import { escapeLiteral } from 'pg';
import type { Scope } from '../../application/UnitOfWork';
import { statement } from './Statement';

/** Sets what the row-level security policies of `tenantTable` read, until the transaction ends. */
const setTo = (workspaceId: string, userId: string, platform: string): string =>
  `SELECT set_config('app.workspace_id', ${workspaceId}, true), set_config('app.user_id', ${userId}, true), set_config('app.platform', ${platform}, true)`;

/** Sets the transaction's tenant, to `scopeValues`. */
export const SET_SCOPE = statement('core.set-scope', setTo('$1', '$2', '$3'));

/** The same as text with the values in it, to stand beside another statement: two in one text take no parameters. */
export function setScope(scope: Scope): string {
  const [workspaceId, userId, platform] = scopeValues(scope);
  return setTo(escapeLiteral(workspaceId), escapeLiteral(userId), escapeLiteral(platform));
}

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
