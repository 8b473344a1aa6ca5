import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { databaseSnapshot } from '../../../../../tests/support/databaseSnapshot';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { anAddress, PASSWORD, type Person, register, signUp } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { TestPlatform } from '../../../../../tests/support/testPlatform';

const NEW_PASSWORD = 'another battery, another staple';

describe('Passwords', () => {
  let platform: TestPlatform;
  let person: Person;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  beforeEach(async () => {
    person = await register(platform);
  });

  afterAll(() => platform.stop());

  const login = (password: string, { email } = person): Promise<ApiAnswer> =>
    platform.api.post('/auth/login', { email, password });

  const forgot = (email: unknown): Promise<ApiAnswer> => platform.api.post('/auth/forgot-password', { email });

  const reset = (token: unknown, password: unknown = NEW_PASSWORD): Promise<ApiAnswer> =>
    platform.api.post('/auth/reset-password', { token, password });

  /** The tokens of all reset mails to an address, newest first, once so many of them have arrived. */
  const resetTokens = (email: string, count = 1): Promise<string[]> =>
    eventually(async () => {
      const mails = (await platform.mailsTo(email)).filter(({ subject }) => /new password/i.test(subject));
      expect(mails).toHaveLength(count);
      return mails.map(({ links }) => new URL(links[0] ?? '').searchParams.get('token') ?? '');
    });

  async function resetToken(): Promise<string> {
    expect((await forgot(person.email)).status).toBe(202);
    const [token = ''] = await resetTokens(person.email);
    return token;
  }

  describe('POST /auth/forgot-password', () => {
    it('mails a link to the address of an account, from the settings and not from the request', async () => {
      const headers = { 'X-Forwarded-Host': 'evil.test', Forwarded: 'host=evil.test' };
      const { status, body } = await platform.api.post('/auth/forgot-password', { email: person.email }, headers);
      expect([status, body]).toEqual([202, { data: {} }]);
      await resetTokens(person.email);
      const [mail] = await platform.mailsTo(person.email);
      expect(mail?.links).toEqual([
        expect.stringMatching(/^http:\/\/localhost:3000\/reset-password\?token=[\w-]{43}$/),
      ]);
    });

    it('says the same for an address without one, and leaves no trace', async () => {
      const before = await databaseSnapshot(platform);
      const { status, body } = await forgot(anAddress());
      expect([status, body]).toEqual([202, { data: {} }]);
      expect(await databaseSnapshot(platform)).toEqual(before);
    });

    it('mails nothing to who may not sign in', async () => {
      await platform.query(`UPDATE users SET status = 'banned' WHERE id = $1`, [person.id]);
      const before = await databaseSnapshot(platform);
      expect((await forgot(person.email)).status).toBe(202);
      expect(await databaseSnapshot(platform)).toEqual(before);
    });

    it('refuses what is not one address', async () => {
      for (const email of [undefined, [person.email], { email: person.email }, `${person.email},x@example.com`]) {
        expectInvalid(await forgot(email), 'email');
      }
    });
  });

  describe('POST /auth/reset-password', () => {
    it('puts the new password in force, proves the address, and ends all sessions and sockets', async () => {
      const socket = await SocketClient.connect(platform.address, { token: person.accessToken });
      const { status, body, headers } = await reset(await resetToken());
      expect([status, body, headers.get('cache-control')]).toEqual([204, undefined, 'no-store']);
      expectProblem(await login(PASSWORD), 401, 'INVALID_CREDENTIALS');
      const signedIn = await login(NEW_PASSWORD);
      expect(signedIn.body.data.user).toMatchObject({ id: person.id, emailVerified: true });
      await eventually(async () => expectProblem(await person.api.get('/users/me'), 401, 'SESSION_REVOKED'));
      await eventually(() => expect(socket.connected).toBe(false));
      const { refreshToken } = person;
      expectProblem(await platform.api.post('/auth/refresh-token', { refreshToken }), 401, 'SESSION_REVOKED');
    });

    it('takes a token once: of 20 parallel uses one wins', async () => {
      const token = await resetToken();
      const answers = await Promise.all(Array.from({ length: 20 }, () => reset(token)));
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
      for (const answer of answers.filter(({ status }) => status !== 204)) expectProblem(answer, 400, 'INVALID_TOKEN');
    });

    it('refuses a token that is unknown, too old, replaced, or for something else', async () => {
      expectProblem(await reset('unknown'), 400, 'INVALID_TOKEN');
      expectProblem(await reset(await platform.mailedToken(person.email, /confirm/i)), 400, 'INVALID_TOKEN');
      const first = await resetToken();
      await forgot(person.email);
      const [second = ''] = await resetTokens(person.email, 2);
      expectProblem(await reset(first), 400, 'INVALID_TOKEN');
      await platform.query('UPDATE mailed_links SET expires_at = now() WHERE user_id = $1', [person.id]);
      expectProblem(await reset(second), 400, 'INVALID_TOKEN');
      expect((await login(PASSWORD)).status).toBe(200);
    });

    it('refuses a bad password, which leaves the token usable', async () => {
      const token = await resetToken();
      expectInvalid(await reset(token, 'short'), 'password');
      expectInvalid(await reset(token, person.email), 'password');
      expectProblem(await reset(token, 'password123'), 422, 'PASSWORD_BREACHED');
      expectInvalid(await reset([token]), 'token');
      expectInvalid(
        await platform.api.post('/auth/reset-password', { token, password: PASSWORD, email: 'x' }),
        'email',
      );
      expect((await reset(token)).status).toBe(204);
    });
  });

  describe('POST /auth/change-password', () => {
    const change = (currentPassword: unknown, newPassword: unknown): Promise<ApiAnswer> =>
      person.api.post('/auth/change-password', { currentPassword, newPassword });

    it('puts it in force, and ends all other sessions', async () => {
      const other = platform.api.as((await login(PASSWORD)).body.data.accessToken);
      const { status, body } = await change(PASSWORD, NEW_PASSWORD);
      expect([status, body]).toEqual([204, undefined]);
      await eventually(async () => expectProblem(await other.get('/users/me'), 401, 'SESSION_REVOKED'));
      expect((await person.api.get('/users/me')).status).toBe(200);
      expectProblem(await login(PASSWORD), 401, 'INVALID_CREDENTIALS');
      expect((await login(NEW_PASSWORD)).status).toBe(200);
    });

    it('refuses a wrong current one, and a bad new one', async () => {
      const before = await databaseSnapshot(platform);
      expectProblem(await change('not the password', NEW_PASSWORD), 401, 'INVALID_CREDENTIALS');
      expectProblem(await change(PASSWORD, 'password123'), 422, 'PASSWORD_BREACHED');
      expectInvalid(await change(PASSWORD, person.name), 'newPassword');
      expectInvalid(await change(undefined, 'short'), 'currentPassword', 'newPassword');
      const anonymous = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
      expectProblem(await platform.api.post('/auth/change-password', anonymous), 401, 'UNAUTHENTICATED');
      expect(await databaseSnapshot(platform)).toEqual(before);
    });
  });

  describe('POST /auth/resend-verification', () => {
    it('mails another link, which voids the one before', async () => {
      const first = await platform.mailedToken(person.email, /confirm/i);
      const { status, body } = await person.api.post('/auth/resend-verification');
      expect([status, body]).toEqual([202, { data: {} }]);
      const second = await eventually(async () => {
        const token = await platform.mailedToken(person.email, /confirm/i);
        expect(token).not.toBe(first);
        return token;
      });
      expectProblem(await platform.api.post('/auth/verify-email', { token: first }), 400, 'INVALID_TOKEN');
      expect((await platform.api.post('/auth/verify-email', { token: second })).status).toBe(200);
    });

    it('mails nothing to a proven address, and is for who is signed in', async () => {
      const verified = await signUp(platform);
      await eventually(async () => expect((await verified.api.get('/users/me')).body.data.emailVerified).toBe(true));
      const before = await databaseSnapshot(platform);
      expect((await verified.api.post('/auth/resend-verification')).status).toBe(202);
      expect(await databaseSnapshot(platform)).toEqual(before);
      expectProblem(await platform.api.post('/auth/resend-verification'), 401, 'UNAUTHENTICATED');
    });
  });
});
