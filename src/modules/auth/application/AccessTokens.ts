import type { SessionId, UserId, WorkspaceId } from '../../../core/domain/Id';

export interface AccessTokenClaims {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  /** The workspace it was issued for, if any. */
  readonly workspaceId?: WorkspaceId;
}

export interface AccessTokens {
  readonly lifetimeSeconds: number;
  issue(claims: AccessTokenClaims): string;
  /** @throws UnauthorizedError `UNAUTHENTICATED`, `TOKEN_EXPIRED` */
  verify(token: string): AccessTokenClaims & { readonly expiresAt: Date };
}
