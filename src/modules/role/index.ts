/** What other modules may use of roles; everything else is asked through core's `WorkspaceAccess`. */
export type { ApiKeyRoles } from './application/ApiKeyRoles';
export { memberRolesChanged } from './domain/events';
