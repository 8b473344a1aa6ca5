import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { PASSWORD, type Person } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachAsNewPerson } from '../../../../../tests/support/workspaceStage';

const PATH = '/auth/refresh-token';

describe('POST /auth/refresh-token', () => {
  let platform: TestPlatform;
  let person: Person;

  eachAsNewPerson(
    (its) => {
      ({ platform, person } = its);
    },
    { verified: false },
  );

  const refresh = (refreshToken: unknown) => platform.api.post(PATH, { refreshToken });

  /** The token that a good refresh gives for one. */
  async function successor(refreshToken: string): Promise<string> {
    const { status, body } = await refresh(refreshToken);
    expect(status).toBe(200);
    return body.data.refreshToken;
  }

  /** Makes it look as if the person's spent tokens had been spent longer ago than an answer may get lost. */
  const waitLong = () =>
    platform.query(
      `UPDATE refresh_tokens SET spent_at = spent_at - interval '11 seconds'
       WHERE session_id IN (SELECT id FROM sessions WHERE user_id = $1)`,
      [person.id],
    );

  const unspent = () =>
    platform.query(
      `SELECT 1 FROM refresh_tokens JOIN sessions ON sessions.id = session_id WHERE user_id = $1 AND spent_at IS NULL`,
      [person.id],
    );

  async function expectSessionDead(...tokens: string[]): Promise<void> {
    await eventually(async () => expectProblem(await person.api.get('/users/me'), 401, 'SESSION_REVOKED'));
    for (const token of tokens) expectProblem(await refresh(token), 401, 'SESSION_REVOKED');
  }

  it('trades a token for a new pair in the same session', async () => {
    const { status, body, headers } = await refresh(person.refreshToken);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body.data).toEqual({
      user: (await person.api.get('/users/me')).body.data,
      accessToken: expect.any(String),
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      tokenType: 'Bearer',
      expiresIn: 900,
    });
    expect(body.data.refreshToken).not.toBe(person.refreshToken);
    expect((await platform.api.as(body.data.accessToken).get('/users/me')).status).toBe(200);
    // Whoever holds the database holds no token.
    const stored = JSON.stringify(await platform.query('SELECT * FROM refresh_tokens'));
    expect(stored).not.toContain(person.refreshToken);
    expect(stored).not.toContain(body.data.refreshToken);
  });

  it('goes on as long as each is used in turn', async () => {
    let token = person.refreshToken;
    for (let turn = 0; turn < 5; turn += 1) {
      token = await successor(token);
      await waitLong();
    }
    expect((await person.api.get('/users/me')).status).toBe(200);
    expect(await unspent()).toHaveLength(1);
  });

  it('gives the same successor again to whom an answer was lost on the way', async () => {
    const next = await successor(person.refreshToken);
    expect(await successor(person.refreshToken)).toBe(next);
    expect(await successor(person.refreshToken)).toBe(next);
    expect(await unspent()).toHaveLength(1);
  });

  it('leaves one live token when one is used 20 times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(person.refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const given = new Set(answers.map(({ body }) => body.data.refreshToken));
    expect(given.size).toBe(1);
    expect(await unspent()).toHaveLength(1);
    await successor([...given].join());
  });

  it('ends the whole session when a token comes again later, and its sockets', async () => {
    const socket = await SocketClient.connect(platform.address, { token: person.accessToken });
    const next = await successor(person.refreshToken);
    await waitLong();
    expectProblem(await refresh(person.refreshToken), 401, 'TOKEN_REUSED');
    await expectSessionDead(person.refreshToken, next);
    await eventually(() => expect(socket.connected).toBe(false));
    const [event] = await platform.query(
      `SELECT facts FROM events WHERE type = 'auth.session-ended' AND actor_id = $1`,
      [person.id],
    );
    expect(event).toMatchObject({ facts: { userId: person.id, reason: 'token-reused' } });
  });

  it('ends it too when a token comes again whose successor is spent', async () => {
    const parent = await successor(person.refreshToken);
    const child = await successor(parent);
    expectProblem(await refresh(person.refreshToken), 401, 'TOKEN_REUSED');
    await expectSessionDead(person.refreshToken, parent, child);
  });

  it('leaves the other sessions of the person alone', async () => {
    const other = await platform.api.post('/auth/login', {
      email: person.email,
      password: PASSWORD,
    });
    await successor(person.refreshToken);
    await waitLong();
    expectProblem(await refresh(person.refreshToken), 401, 'TOKEN_REUSED');
    expect((await platform.api.as(other.body.data.accessToken).get('/users/me')).status).toBe(200);
    await successor(other.body.data.refreshToken);
  });

  it('refuses a token that is unknown, or whose session was not used for too long', async () => {
    expectProblem(await refresh('unknown'), 401, 'UNAUTHENTICATED');
    expectProblem(await refresh(person.accessToken.slice(0, 200)), 401, 'UNAUTHENTICATED');
    await platform.query('UPDATE sessions SET expires_at = now() WHERE user_id = $1', [person.id]);
    expectProblem(await refresh(person.refreshToken), 401, 'TOKEN_EXPIRED');
  });

  it('moves the end of the session on', async () => {
    await platform.query(`UPDATE sessions SET expires_at = now() + interval '1 minute' WHERE user_id = $1`, [
      person.id,
    ]);
    await successor(person.refreshToken);
    const [row] = await platform.query(
      `SELECT expires_at > now() + interval '6 days' AS late FROM sessions WHERE user_id = $1`,
      [person.id],
    );
    expect(row).toEqual({ late: true });
  });

  it.each([
    ['inactive', 'ACCOUNT_INACTIVE'],
    ['banned', 'ACCOUNT_BANNED'],
  ])('refuses an account that is %s', async (state, code) => {
    await platform.query('UPDATE users SET status = $1 WHERE id = $2', [state, person.id]);
    expectProblem(await refresh(person.refreshToken), 403, code);
    expect(await unspent()).toHaveLength(1);
  });

  it('refuses what is no token', async () => {
    for (const token of [undefined, null, 1, [], {}, 'x'.repeat(201)])
      expectInvalid(await refresh(token), 'refreshToken');
    expectInvalid(await platform.api.post(PATH, { refreshToken: 'x', sessionId: 'y' }), 'sessionId');
  });
});
