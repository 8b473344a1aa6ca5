import { OWNER_ROLE } from '../../../core/domain/Actor';
import type { PermissionDefinition } from '../../../core/domain/Permission';

/** What an owner becomes who hands the workspace over. */
export const ADMIN_ROLE = 'admin';

/** The roles every workspace has from its first moment; what they hold is declared with each permission. */
export const BUILT_IN_ROLES = [
  { key: OWNER_ROLE, name: 'Owner', description: 'Everything, including deleting and handing over the workspace' },
  { key: ADMIN_ROLE, name: 'Admin', description: 'Everything but deleting and handing over the workspace' },
  { key: 'member', name: 'Member', description: 'Reads everything, and works on projects, tasks, comments and files' },
  { key: 'viewer', name: 'Viewer', description: 'Reads everything' },
] as const;

/** Which built-in role holds which permission: the owner every one, the others what is declared. */
export function builtInGrants(
  permissions: readonly PermissionDefinition[],
): readonly { readonly role: string; readonly permission: string }[] {
  return permissions.flatMap(({ key, heldBy }) => [OWNER_ROLE, ...heldBy].map((role) => ({ role, permission: key })));
}
