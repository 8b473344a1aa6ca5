import { asIs, exported, idOf } from '../../../core/application/TableExport';

export const roleExports = [
  exported('roles', ['id'], {
    id: idOf('roles'),
    key: asIs,
    name: asIs,
    description: asIs,
    system: asIs,
    created_at: asIs,
    updated_at: asIs,
    version: asIs,
  }),
  exported('role_permissions', ['role_id', 'permission'], { role_id: idOf('roles'), permission: asIs }),
  exported('member_roles', ['user_id', 'role_id'], { user_id: idOf('users'), role_id: idOf('roles') }),
];
