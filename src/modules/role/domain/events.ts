import { defineEvent } from '../../../core/domain/DomainEvent';
import { aFlag, anId, aRecord, aText, described, listOf, nullable } from '../../../core/domain/FactSchema';
import type { UserId } from '../../../core/domain/Id';
import type { RoleId } from './RoleId';

/** What is told of a role: the answer of its route but for the number of its holders. */
interface RoleFacts {
  readonly id: RoleId;
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  readonly system: boolean;
  readonly permissions: readonly string[];
}

const CHANGED = 'role:changed';

const ROLE = aRecord<RoleFacts>({
  id: anId,
  key: aText,
  name: aText,
  description: nullable(aText),
  system: aFlag,
  permissions: listOf(aText),
});
const PERMISSIONS = described(listOf(aText), 'Permissions');
const ROLES = described(listOf(aText), 'Keys of roles');

/** What those hear whose permissions are not what they were. */
export const PERMISSIONS_CHANGED = 'permissions:changed';

export const roleCreated = defineEvent<{ role: RoleFacts }>('role.created', {
  socket: CHANGED,
  facts: { role: ROLE },
});

/** `added` and `removed` are the permissions by which it differs from before. */
export const roleChanged = defineEvent<{
  role: RoleFacts;
  added: readonly string[];
  removed: readonly string[];
}>('role.changed', { socket: CHANGED, facts: { role: ROLE, added: PERMISSIONS, removed: PERMISSIONS } });

export const roleDeleted = defineEvent<{ roleId: RoleId; key: string }>('role.deleted', {
  socket: CHANGED,
  facts: { roleId: anId, key: aText },
});

/** `roles` are all the member has now, `added` and `removed` what is different from before; all by their keys. */
export const memberRolesChanged = defineEvent<{
  userId: UserId;
  roles: readonly string[];
  added: readonly string[];
  removed: readonly string[];
}>('role.member-roles-changed', {
  socket: PERMISSIONS_CHANGED,
  audience: 'person',
  facts: { userId: anId, roles: ROLES, added: ROLES, removed: ROLES },
});
