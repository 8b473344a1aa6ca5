import { ForbiddenError } from '../errors/ForbiddenError';
import type { SessionId, UserId, WorkspaceId } from './Id';

/**
 * A signed-in person, as looked up for this request; or an API key, a principal of its own whose id stands for both
 * person and session, and who has neither an address nor any rights outside its workspace (docs/adr/0017).
 */
export interface UserActor {
  readonly kind: 'person' | 'api-key';
  readonly userId: UserId;
  readonly sessionId: SessionId;
  /** Empty for an API key. */
  readonly email: string;
  readonly emailVerified: boolean;
  /** Whether the person administers the platform itself. */
  readonly platformAdmin: boolean;
}

/** A signed-in person, or an API key, in one workspace: what every tenant-scoped use case and query takes first. */
export interface WorkspaceActor extends UserActor {
  readonly workspaceId: WorkspaceId;
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<string>;
}

/** Nobody in particular: the caller of a public route. */
export const ANONYMOUS = Object.freeze({});
export type AnonymousActor = typeof ANONYMOUS;

/** The role that holds every permission of its workspace, and that only its holders may touch. */
export const OWNER_ROLE = 'owner';

/**
 * The one permission check, for routes, sockets and jobs alike.
 * @throws ForbiddenError `PERMISSION_DENIED` that names the permission.
 */
export function requirePermission(actor: WorkspaceActor, permission: string): void {
  if (!actor.permissions.has(permission)) throw ForbiddenError.permission(permission);
}
