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
  /**
   * @param options.expiredToo whether a token counts that was valid once
   * @throws UnauthorizedError `UNAUTHENTICATED`, `TOKEN_EXPIRED`
   */
  verify(token: string, options?: { readonly expiredToo?: boolean }): AccessTokenClaims & { readonly expiresAt: Date };
}
