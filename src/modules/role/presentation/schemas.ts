import Joi from 'joi';
import type { UserId } from '../../../core/domain/Id';
import { listQuery, type ListQuery } from '../../../core/presentation/pagination';
import { id, parsed } from '../../../core/presentation/schema';
import type { RoleId } from '../domain/RoleId';
import { RoleKey } from '../domain/RoleKey';
import { RoleName } from '../domain/RoleName';

export const permissionView = Joi.object({
  key: Joi.string(),
  resource: Joi.string(),
  action: Joi.string(),
  description: Joi.string(),
});

export const roleView = Joi.object({
  id: id('role'),
  key: Joi.string(),
  name: Joi.string(),
  description: Joi.string().allow(null, ''),
  system: Joi.boolean(),
  permissions: Joi.array().items(Joi.string()),
  memberCount: Joi.number().integer(),
});

export const roleListQuery = listQuery<ListQuery>(['createdAt', 'name']);

const MAX_PERMISSIONS = 500;
const MAX_ROLES = 20;

const permissionKey = () => Joi.string().max(100).description('The key of a permission of `/permissions`');
const roleKey = () => Joi.string().max(64).description('The key of a role of the workspace');

const role = {
  name: parsed(RoleName, '1 to 100 characters on one line'),
  key: parsed(RoleKey, 'a–z, 0–9 and hyphens, a letter first; made from the name by default, and never changed'),
  description: Joi.string().max(500).allow(null, ''),
  permissions: Joi.array().items(permissionKey()).max(MAX_PERMISSIONS).unique(),
};

interface RoleInput {
  readonly key?: RoleKey;
  readonly name: RoleName;
  readonly description?: string | null;
  readonly permissions: readonly string[];
}

export const roleInput = Joi.object<RoleInput>({
  ...role,
  name: role.name.required(),
  permissions: role.permissions.required(),
});

/** What is left out stays as it is. */
export const roleChangeInput = Joi.object<Partial<RoleInput>>(role).min(1);

export const permissionInput = Joi.object<{ permission: string }>({ permission: permissionKey().required() });

export const permissionCheckInput = Joi.object<{ permission: string; userId?: UserId }>({
  permission: permissionKey().required(),
  userId: id('user').description('Oneself by default'),
});

export const permissionCheckView = Joi.object({
  allowed: Joi.boolean(),
  permission: Joi.string(),
  reason: Joi.string().valid('GRANTED', 'NOT_GRANTED', 'MEMBERSHIP_INACTIVE', 'MEMBERSHIP_BANNED'),
  grantedBy: Joi.array().items(Joi.string()),
  grantableBy: Joi.array().items(Joi.string()),
});

export const assignmentInput = Joi.object<{ role: string }>({ role: roleKey().required() });

export const memberRolesInput = Joi.object<{ roles: readonly string[] }>({
  roles: Joi.array().items(roleKey()).min(1).max(MAX_ROLES).unique().required(),
});

export const byRoleId = Joi.object<{ id: RoleId }>({ id: id('role').required() });

export const byRoleAndPermission = Joi.object<{ id: RoleId; permission: string }>({
  id: id('role').required(),
  permission: Joi.string()
    .pattern(/^[a-z][A-Za-z]{0,40}\.[a-z][A-Za-z]{0,40}$/, 'resource.action')
    .required(),
});

/** A person, and a role that this person has. */
export const byUserAndRole = Joi.object<{ id: UserId; roleId: RoleId }>({
  id: id('user').required(),
  roleId: id('assignedRole').required(),
});
