import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { authenticatorCode } from '../../../../../tests/support/authenticatorApp';
import { eventually } from '../../../../../tests/support/eventually';
import { login, NEW_PASSWORD, resetToken } from '../../../../../tests/support/passwords';
import { anAddress, PASSWORD, type Person, register, signUp } from '../../../../../tests/support/people';
import { enrollTotp } from '../../../../../tests/support/secondFactor';
import { TestPlatform } from '../../../../../tests/support/testPlatform';

const WRONG = 'not the password';

/** What a fact must never tell, whatever it is about. */
const SECRET = /"\w*(password|token|secret|code|hash)\w*":|@|correct horse|battery|not the|otpauth|\b\d{6}\b/i;

const FAILED = 'auth.sign-in-failed';
const ENDED = 'auth.session-ended';

/** What happens, what the caller is told, the event that says so with its facts besides whose account it is, and how. */
type Outcome = readonly [
  what: string,
  status: number,
  type: string,
  facts: object,
  act: (person: Person) => Promise<ApiAnswer>,
];

const SESSION = { sessionId: expect.any(String) };
const LINK = { linkId: expect.any(String) };

describe('Every outcome of authentication is an event of the account:', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(() => platform.stop());

  const post = (path: string, body: object, headers = {}): Promise<ApiAnswer> => platform.api.post(path, body, headers);

  const refresh = (refreshToken: string): Promise<ApiAnswer> => post('/auth/refresh-token', { refreshToken });

  const ban = ({ id }: Person) => platform.query(`UPDATE users SET status = 'banned' WHERE id = $1`, [id]);

  /** A sign-in that waits for its second factor. */
  const halfWay = async (person: Person) => {
    const { secret, recoveryCodes } = await enrollTotp(person);
    const { mfaToken } = (await login(platform, person.email)).body.data;
    return { mfaToken, recoveryCodes, code: authenticatorCode(secret) };
  };

  const guessTenTimes = async ({ email }: Person): Promise<ApiAnswer> => {
    const guess = () => post('/auth/login', { email, password: WRONG }, { 'User-Agent': 'Guesser/1' });
    for (let attempt = 1; attempt < 10; attempt += 1) await guess();
    return guess();
  };

  const change = ({ api }: Person, currentPassword = PASSWORD) =>
    api.post('/auth/change-password', { currentPassword, newPassword: NEW_PASSWORD });

  const remove = ({ api }: Person, password = PASSWORD) => api.delete('/users/me', { password });
  const removeTotp = ({ api }: Person, password = PASSWORD) => api.delete('/auth/mfa/totp', { password });

  /** Completes a sign-in with this code, or the right one, once `meanwhile` has happened. */
  const secondFactor =
    (wrongCode?: string, meanwhile = async (_person: Person): Promise<unknown> => undefined) =>
    async (person: Person): Promise<ApiAnswer> => {
      const { mfaToken, code } = await halfWay(person);
      await meanwhile(person);
      return post('/auth/mfa/challenge', { mfaToken, code: wrongCode ?? code });
    };

  const after =
    (first: (person: Person) => Promise<unknown>, act: (person: Person) => Promise<ApiAnswer>) =>
    async (person: Person): Promise<ApiAnswer> => {
      await first(person);
      return act(person);
    };

  const me = ({ api }: Person) => api.get('/users/me');
  const signIn = ({ email }: Person) => login(platform, email);
  const expireChallenges = ({ id }: Person) =>
    platform.query('UPDATE mfa_challenges SET expires_at = now() WHERE user_id = $1', [id]);

  const outcomes: readonly Outcome[] = [
    ['signed in by registering', 200, 'auth.signed-in', SESSION, me],
    ['signed in with a second factor', 200, 'auth.signed-in', SESSION, secondFactor()],
    ['asked for the second factor', 200, 'auth.mfa-required', {}, after(enrollTotp, signIn)],
    ['a wrong password', 401, FAILED, { reason: 'wrong credentials' }, ({ email }) => login(platform, email, WRONG)],
    ['a wrong code', 401, FAILED, { reason: 'wrong code' }, secondFactor('000000')],
    ['a code too late', 401, FAILED, { reason: 'sign-in expired' }, secondFactor(undefined, expireChallenges)],
    ['locked', 401, 'auth.account-locked', {}, guessTenTimes],
    ['refused while locked', 429, FAILED, { reason: 'account locked' }, after(guessTenTimes, guessTenTimes)],
    ['refused while banned', 403, FAILED, { reason: 'account suspended' }, after(ban, signIn)],
    ['refused later while banned', 403, FAILED, { reason: 'account suspended' }, secondFactor(undefined, ban)],
    ['refreshed', 200, 'auth.session-refreshed', SESSION, ({ refreshToken }) => refresh(refreshToken)],
    [
      'a refresh token reused',
      401,
      ENDED,
      { ...SESSION, reason: 'token-reused' },
      async ({ refreshToken }) => {
        await refresh((await refresh(refreshToken)).body.data.refreshToken);
        return refresh(refreshToken);
      },
    ],
    ['signed out', 204, ENDED, { ...SESSION, reason: 'signed-out' }, ({ api }) => api.post('/auth/logout')],
    [
      'signed out everywhere',
      204,
      ENDED,
      { ...SESSION, reason: 'signed-out-everywhere' },
      ({ api }) => api.post('/auth/logout-all'),
    ],
    [
      'a session revoked',
      204,
      ENDED,
      { ...SESSION, reason: 'revoked' },
      async ({ api }) => api.delete(`/auth/sessions/${(await api.get('/auth/sessions')).body.data[0].id}`),
    ],
    [
      'a new password asked for',
      202,
      'auth.password-reset-requested',
      LINK,
      ({ email }) => post('/auth/forgot-password', { email }),
    ],
    [
      'a password reset',
      204,
      'auth.password-changed',
      { how: 'reset' },
      async ({ email }) =>
        post('/auth/reset-password', { token: await resetToken(platform, email), password: NEW_PASSWORD }),
    ],
    ['a password changed', 204, 'auth.password-changed', { how: 'changed' }, (person) => change(person)],
    ['a password refused to change it', 401, 'auth.password-refused', SESSION, (person) => change(person, WRONG)],
    ['a password refused to remove MFA', 401, 'auth.password-refused', SESSION, (person) => removeTotp(person, WRONG)],
    ['a password refused to close', 401, 'auth.password-refused', SESSION, (person) => remove(person, WRONG)],
    [
      'an address asked to be proven',
      202,
      'auth.verification-requested',
      LINK,
      ({ api }) => api.post('/auth/resend-verification'),
    ],
    [
      'an address proven',
      200,
      'user.email-verified',
      {},
      async ({ email }) => post('/auth/verify-email', { token: await platform.mailedToken(email, /confirm/i) }),
    ],
    ['a second factor in force', 200, 'auth.mfa-enabled', {}, after(enrollTotp, me)],
    ['a second factor taken away', 204, 'auth.mfa-disabled', {}, after(enrollTotp, (person) => removeTotp(person))],
    [
      'a recovery code used',
      200,
      'auth.recovery-code-used',
      { left: 9 },
      async (person) => {
        const { mfaToken, recoveryCodes } = await halfWay(person);
        return post('/auth/mfa/challenge', { mfaToken, code: recoveryCodes[0] });
      },
    ],
    ['an account closed', 204, 'user.account-closed', {}, (person) => remove(person)],
    ['its sessions ended', 204, ENDED, { ...SESSION, reason: 'account-closed' }, (person) => remove(person)],
  ];

  it.each(outcomes)('%s', async (_what, status, type, facts, act) => {
    const person = await register(platform);
    expect((await act(person)).status).toBe(status);
    const events = await eventually(async () => {
      const rows = await platform.query<{ type: string; facts: object }>(
        `SELECT type, facts FROM events WHERE actor_id = $1 AND workspace_id IS NULL ORDER BY position`,
        [person.id],
      );
      expect(rows).toContainEqual({ type, facts: { userId: person.id, ...facts } });
      return rows;
    });
    for (const event of events) expect(JSON.stringify(event.facts)).not.toMatch(SECRET);
  });

  it('sessions ended by a platform admin, who is told as the one who did it', async () => {
    const [admin, person] = [await signUp(platform), await register(platform)];
    await platform.query('UPDATE users SET platform_admin = true WHERE id = $1', [admin.id]);
    await eventually(async () => {
      const { status } = await admin.api.put(`/admin/users/${person.id}/status`, { status: 'banned' });
      expect(status).toBe(200);
    });
    const rows = await platform.query<{ type: string; facts: object }>(
      `SELECT type, facts FROM events WHERE facts->>'userId' = $1 ORDER BY position`,
      [person.id],
    );
    const reason = 'account-suspended';
    expect(rows).toContainEqual({ type: 'auth.session-ended', facts: expect.objectContaining({ reason }) });
    expect(rows).toContainEqual({ type: 'user.status-changed', facts: expect.objectContaining({ to: 'banned' }) });
  });

  it('a guess at an address without an account, which the event does not tell', async () => {
    const count = `SELECT count(*)::int FROM events WHERE type = 'auth.sign-in-failed' AND actor_id IS NULL`;
    const [before] = await platform.query<{ count: number }>(count);
    await login(platform, anAddress(), WRONG);
    expect(await platform.query(count)).toEqual([{ count: (before?.count ?? 0) + 1 }]);
    const [newest] = await platform.query<{ facts: object }>(
      `SELECT facts FROM events WHERE type = 'auth.sign-in-failed' AND actor_id IS NULL ORDER BY position DESC LIMIT 1`,
    );
    expect(newest?.facts).toEqual({ userId: null, reason: 'wrong credentials' });
  });
});
