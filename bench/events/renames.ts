import { JwtAccessTokens } from '../../src/modules/auth/infrastructure/JwtAccessTokens';
import { TokenKeys } from '../../src/modules/auth/infrastructure/TokenKeys';
import type { Caller } from '../seed';

/** Access tokens that the platform of a stage takes. */
export function accessTokens(secret: Buffer): (caller: Caller) => string {
  const keys = new TokenKeys({ secret, privateKey: null, otherPublicKeys: [] });
  const tokens = new JwtAccessTokens(keys, { expiresInSeconds: 3600 });
  return ({ userId, sessionId }) => tokens.issue({ userId, sessionId });
}

/** So many names for the workspace of each of these owners, in turn, as whole requests. */
export function renames(owners: readonly Caller[], names: number, tokenOf: (caller: Caller) => string): string[] {
  const people = owners.map((owner) => ({ ...owner, token: tokenOf(owner) }));
  return Array.from({ length: names }, (_, number) => number).flatMap((number) =>
    people.map(({ workspaceId, token }) => {
      const body = JSON.stringify({ name: `Name ${number}` });
      const lines = [
        `PUT /api/v1/workspaces/${workspaceId} HTTP/1.1`,
        'Host: 127.0.0.1',
        `Authorization: Bearer ${token}`,
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
      ];
      return `${lines.join('\r\n')}\r\n\r\n${body}`;
    }),
  );
}
