import { hash } from 'bcrypt';
import { Client } from 'pg';
import { newOpaqueToken, tokenHash } from '../../src/core/domain/opaqueToken';
import { seed } from '../seed';

const PASSWORD = 'correct horse battery staple';

const STATEMENTS = [
  `INSERT INTO credentials (user_id, password_hash, changed_at)
   SELECT (person->>'userId')::uuid, person->>'passwordHash', now() FROM json_array_elements($1) AS person`,
  `INSERT INTO refresh_tokens (hash, session_id)
   SELECT person->>'tokenHash', (person->>'sessionId')::uuid FROM json_array_elements($1) AS person`,
];

function post(path: string, body: object, userAgent: string): string {
  const content = JSON.stringify(body);
  const lines = [
    `POST /api/v1${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    `User-Agent: ${userAgent}`,
    'Content-Type: application/json',
    `Content-Length: ${content.length}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${content}`;
}

/** Hands out requests, none of them twice. */
class Supply {
  constructor(private readonly requests: string[]) {}

  /** @throws Error when there are not so many left */
  take(count: number): string[] {
    if (this.requests.length < count) throw new Error('There are not enough people for this.');
    return this.requests.splice(0, count);
  }
}

/**
 * Gives everybody a password of this cost and a refresh token.
 * @returns a login of each person, from a new device, and a refresh of each one's session
 */
export async function seedPeople(adminUrl: string, cost: number): Promise<{ logins: Supply; refreshes: Supply }> {
  const passwordHash = await hash(PASSWORD, cost);
  const people = (await seed(adminUrl)).map((caller) => ({ ...caller, refreshToken: newOpaqueToken() }));
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  const rows = people.map(({ userId, sessionId, refreshToken }) => ({
    userId,
    sessionId,
    passwordHash,
    tokenHash: tokenHash(refreshToken),
  }));
  for (const statement of STATEMENTS) await client.query(statement, [JSON.stringify(rows)]);
  await client.query('VACUUM ANALYZE');
  await client.end();
  return {
    logins: new Supply(
      people.map(({ userId }) =>
        post('/auth/login', { email: `${userId}@example.com`, password: PASSWORD }, `device ${userId}`),
      ),
    ),
    refreshes: new Supply(people.map(({ refreshToken }) => post('/auth/refresh-token', { refreshToken }, 'bench'))),
  };
}
