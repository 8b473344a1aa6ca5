import type { UserActor, WorkspaceActor } from '../domain/Actor';
import type { SessionId, WorkspaceId } from '../domain/Id';

export interface Authenticated {
  readonly actor: UserActor;
  /** The workspace that the credential was issued for, if it was issued for one. */
  readonly workspaceId?: WorkspaceId;
  /** When the credential ends by itself. */
  readonly expiresAt: Date;
}

/** Tells who calls. The session and the account are looked at anew, at most a second old. */
export interface Authenticator {
  /** @throws UnauthorizedError or ForbiddenError when the bearer token does not open anything. */
  authenticate(bearerToken: string): Promise<Authenticated>;
  /** The session that an access token was issued for, even if it has expired since; null for anything else. */
  sessionOf(bearerToken: string): SessionId | null;
}

/** Tells what a person may do in a workspace, at most a second old. */
export interface WorkspaceAccess {
  /**
   * @throws NotFoundError for a workspace that does not exist, is deleted, or that the person is not a member of;
   * ForbiddenError `WORKSPACE_SUSPENDED`
   */
  enter(actor: UserActor, workspaceId: WorkspaceId): Promise<WorkspaceActor>;
}
