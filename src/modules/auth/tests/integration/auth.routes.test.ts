import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { anAddress, PASSWORD, register, signUp } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';

const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('The routes of signing in', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(() => platform.stop());

  const userNamed = (name: string, email: string) => ({
    id: expect.stringMatching(UUID_V7),
    email,
    name,
    bio: null,
    timezone: 'UTC',
    locale: 'en',
    avatarUrl: null,
    status: 'active',
    emailVerified: false,
    createdAt: expect.stringMatching(MOMENT),
    updatedAt: expect.stringMatching(MOMENT),
  });

  const TOKENS = {
    accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    refreshToken: expect.stringMatching(/^[\w-]{43}$/),
    tokenType: 'Bearer',
    expiresIn: 900,
  };

  describe('POST /auth/register', () => {
    const path = '/auth/register';
    const input = (members = {}) => ({ email: anAddress(), name: 'Ada', password: PASSWORD, ...members });

    it('opens an account, signs in, and mails a link', async () => {
      const email = anAddress();
      const answer = await platform.api.post(
        path,
        input({ email: `  ${email.toUpperCase()} `, name: ' Ada Lovelace ' }),
      );
      expect(answer.status).toBe(201);
      expect(answer.body).toEqual({ data: { user: userNamed('Ada Lovelace', email), ...TOKENS } });
      expect(answer.headers.get('location')).toBe('/api/v1/users/me');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const me = await platform.api.as(answer.body.data.accessToken).get('/users/me');
      expect(me.body.data).toEqual(answer.body.data.user);
      await eventually(async () => {
        const [mail, ...others] = await platform.mailsTo(email);
        expect(others).toEqual([]);
        expect(mail?.links).toEqual([
          expect.stringMatching(/^http:\/\/localhost:3000\/verify-email\?token=[\w-]{43}$/),
        ]);
      });
    });

    it.each([
      ['no body', undefined, ['email', 'password', 'name']],
      ['no members', {}, ['email', 'password', 'name']],
      ['an unknown member', input({ role: 'owner' }), ['role']],
      ['members of others', input({ emailVerified: true, id: '1' }), ['emailVerified', 'id']],
      ['an address in a list', input({ email: [anAddress()] }), ['email']],
      ['an address in an object', input({ email: { $ne: '' } }), ['email']],
      ['two addresses', input({ email: 'a@example.com,b@example.com' }), ['email']],
      ['an address with a line break', input({ email: 'a@example.com\r\nBcc: b@example.com' }), ['email']],
      ['a look-alike address', input({ email: 'ａ@example.com' }), ['email']],
      ['a number for a name', input({ name: 7 }), ['name']],
      ['a blank name', input({ name: '  ' }), ['name']],
      ['a name of two lines', input({ name: 'a\nb' }), ['name']],
      ['a short password', input({ password: '1234567' }), ['password']],
      ['a long password', input({ password: 'x'.repeat(129) }), ['password']],
      ['a token that is none', input({ invitationToken: 1 }), ['invitationToken']],
      ['an array', [], ['body']],
    ])('refuses %s', async (_what, body, fields) => {
      expectInvalid(await platform.api.post(path, body), ...fields);
    });

    it('refuses the address and the name as a password', async () => {
      const email = anAddress();
      for (const password of [email, email.toUpperCase(), email.split('@')[0], 'Ada Lovelace']) {
        const answer = await platform.api.post(path, { email, name: 'Ada Lovelace', password });
        expectInvalid(answer, 'password');
      }
    });

    it('refuses an address that is taken, in whatever case', async () => {
      const { email } = await register(platform);
      const answer = await platform.api.post(path, input({ email: email.toUpperCase() }));
      expectProblem(answer, 409, 'EMAIL_TAKEN');
    });

    it('opens one account for an address that registers ten times at once', async () => {
      const email = anAddress();
      const answers = await Promise.all(Array.from({ length: 10 }, () => platform.api.post(path, input({ email }))));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
      expect(await platform.query('SELECT 1 FROM users WHERE email = $1', [email])).toHaveLength(1);
    });

    it('takes passwords of any characters, and none that differs after byte 72 for another', async () => {
      const long = '🏛'.repeat(100);
      const email = anAddress();
      expect((await platform.api.post(path, input({ email, password: `${long}a` }))).status).toBe(201);
      const login = (password: string) => platform.api.post('/auth/login', { email, password });
      expectProblem(await login(`${long}b`), 401, 'INVALID_CREDENTIALS');
      expect((await login(`${long}a`)).status).toBe(200);
    });
  });

  describe('POST /auth/login', () => {
    const path = '/auth/login';

    it('signs in, in a session of its own', async () => {
      const person = await register(platform);
      const { status, body, headers } = await platform.api.post(path, { email: person.email, password: PASSWORD });
      expect(status).toBe(200);
      expect(body).toEqual({ data: { user: userNamed(person.name, person.email), ...TOKENS } });
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body.data.refreshToken).not.toBe(person.refreshToken);
      await person.api.post('/auth/logout');
      expect((await platform.api.as(body.data.accessToken).get('/users/me')).status).toBe(200);
    });

    it('says the same of a wrong password and of an unknown address', async () => {
      const { email } = await register(platform);
      const wrong = await platform.api.post(path, { email, password: 'not the password' });
      const unknown = await platform.api.post(path, { email: anAddress(), password: 'not the password' });
      expectProblem(wrong, 401, 'INVALID_CREDENTIALS');
      expectProblem(unknown, 401, 'INVALID_CREDENTIALS');
      expect(unknown.body.detail).toBe(wrong.body.detail);
    });

    it.each([
      ['nothing', {}, ['email', 'password']],
      ['an unknown member', { email: 'a@example.com', password: 'x', admin: true }, ['admin']],
      ['a list', { email: ['a@example.com'], password: 'x' }, ['email']],
      ['an object for a password', { email: 'a@example.com', password: { length: 8 } }, ['password']],
    ])('refuses %s', async (_what, body, fields) => {
      expectInvalid(await platform.api.post(path, body), ...fields);
    });

    it.each([
      ['inactive', 'ACCOUNT_INACTIVE'],
      ['banned', 'ACCOUNT_BANNED'],
    ])('refuses an account that is %s, and its open sessions', async (state, code) => {
      const { email, api } = await register(platform);
      await platform.query('UPDATE users SET status = $1 WHERE email = $2', [state, email]);
      expectProblem(await platform.api.post(path, { email, password: PASSWORD }), 403, code);
      await eventually(async () => expectProblem(await api.get('/users/me'), 403, code));
    });
  });

  describe('POST /auth/verify-email', () => {
    const path = '/auth/verify-email';

    it('marks the address as proven, once', async () => {
      const person = await register(platform);
      const token = await platform.mailedToken(person.email, /confirm/i);
      const { status, body } = await platform.api.post(path, { token });
      expect(status).toBe(200);
      expect(body.data.user).toMatchObject({ id: person.id, emailVerified: true });
      await eventually(async () => expect((await person.api.get('/users/me')).body.data).toEqual(body.data.user));
      expectProblem(await platform.api.post(path, { token }), 400, 'INVALID_TOKEN');
    });

    it('lets exactly one of 20 parallel uses win', async () => {
      const { email } = await register(platform);
      const token = await platform.mailedToken(email, /confirm/i);
      const answers = await Promise.all(Array.from({ length: 20 }, () => platform.api.post(path, { token })));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const answer of answers.filter(({ status }) => status !== 200)) expectProblem(answer, 400, 'INVALID_TOKEN');
    });

    it('refuses a token that is unknown or too old', async () => {
      expectProblem(await platform.api.post(path, { token: 'unknown' }), 400, 'INVALID_TOKEN');
      const { email, id } = await register(platform);
      const token = await platform.mailedToken(email, /confirm/i);
      await platform.query('UPDATE mailed_links SET expires_at = now() WHERE user_id = $1', [id]);
      expectProblem(await platform.api.post(path, { token }), 400, 'INVALID_TOKEN');
    });

    it('refuses what is no token', async () => {
      expectInvalid(await platform.api.post(path, {}), 'token');
      expectInvalid(await platform.api.post(path, { token: 1 }), 'token');
      expectInvalid(await platform.api.post(path, { token: 'x'.repeat(201) }), 'token');
    });
  });

  describe('POST /auth/logout', () => {
    it('ends the session, for access and refresh tokens alike', async () => {
      const person = await signUp(platform);
      const { status, body, headers } = await person.api.post('/auth/logout');
      expect([status, body, headers.get('cache-control')]).toEqual([204, undefined, 'no-store']);
      await eventually(async () => expectProblem(await person.api.get('/users/me'), 401, 'SESSION_REVOKED'));
      expectProblem(await person.api.post('/auth/logout'), 401, 'SESSION_REVOKED');
      const { refreshToken } = person;
      expectProblem(await platform.api.post('/auth/refresh-token', { refreshToken }), 401, 'SESSION_REVOKED');
    });

    it('asks for a session', async () => {
      expectProblem(await platform.api.post('/auth/logout'), 401, 'UNAUTHENTICATED');
    });
  });
});
