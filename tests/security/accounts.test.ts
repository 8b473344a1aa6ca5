import type { ApiAnswer } from '../support/ApiClient';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { expectInvalid, expectProblem, withoutRequest } from '../support/expectProblem';
import { login, NEW_PASSWORD, resetToken } from '../support/passwords';
import { anAddress, PASSWORD, register, signUp } from '../support/people';
import { TestPlatform } from '../support/testPlatform';

describe('Attacks on addresses and passwords', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(() => platform.stop());

  const reset = (token: string, password = NEW_PASSWORD) =>
    platform.api.post('/auth/reset-password', { token, password });

  const expectUnchanged = async (attack: () => Promise<void>): Promise<void> => {
    const before = await databaseSnapshot(platform);
    await attack();
    expect(await databaseSnapshot(platform)).toEqual(before);
  };

  it('19: an e-mail address that is not one string', async () => {
    const { email } = await register(platform);
    await platform.mailedToken(email, /confirm/i);
    const second = anAddress();
    const lists = [[email], [email, second], { email }, { 0: email, length: 1 }, `${email},${second}`];
    const alike = [...lists, `${email} ${second}`, `${email};${second}`, `${email}\n${second}`, `${email}\0${second}`];
    await expectUnchanged(async () => {
      for (const address of [...alike, `<${email}>`, `"${second}" <${email}>`, null, true, 1]) {
        expectInvalid(await platform.api.post('/auth/forgot-password', { email: address }), 'email');
        expectInvalid(await platform.api.post('/auth/login', { email: address, password: PASSWORD }), 'email');
        const account = { email: address, name: 'Ada', password: PASSWORD };
        expectInvalid(await platform.api.post('/auth/register', account), 'email');
      }
    });
  });

  // That login compares one password either way, and a forgotten one adds one job, is in the tests of those use cases.
  describe('23: a known and an unknown address are answered alike', () => {
    it.each<[string, (email: string) => Promise<ApiAnswer>]>([
      ['login', (email) => login(platform, email, 'not the password')],
      ['forgot-password', (email) => platform.api.post('/auth/forgot-password', { email })],
    ])('by %s', async (_route, ask) => {
      const { email } = await register(platform);
      const [known, unknown] = [await ask(email), await ask(anAddress())];
      expect(unknown.status).toBe(known.status);
      expect(withoutRequest(unknown)).toEqual(withoutRequest(known));
      expect([...unknown.headers.keys()].sort()).toEqual([...known.headers.keys()].sort());
    });

    it('by resend-verification, whether or not there is anything to be sent', async () => {
      const people = [await register(platform), await signUp(platform)];
      const answers = await Promise.all(people.map(({ api }) => api.post('/auth/resend-verification')));
      expect(answers.map(({ status, body }) => [status, body])).toEqual(people.map(() => [202, { data: {} }]));
    });
  });

  describe('24: an address in look-alike letters', () => {
    it.each([
      ['a fullwidth @', (email: string) => email.replace('@', '＠')],
      ['a Cyrillic letter', (email: string) => email.replace('e', 'е')],
      ['a fullwidth dot', (email: string) => email.replace('.com', '．com')],
      ['a dotless i', (email: string) => `ı${email}`],
      ['a dotted I', (email: string) => `İ${email}`],
      ['a soft hyphen', (email: string) => `\u00ad${email}`],
      ['a zero-width space', (email: string) => `\u200b${email}`],
      ['a combining mark', (email: string) => email.replace('@', '\u0301@')],
      ['NUL at the end', (email: string) => `${email}\0`],
      ['NUL and another address', (email: string) => `${email}\0@evil.test`],
      ['a tab inside', (email: string) => email.replace('@', '\t@')],
    ])('is refused: %s', async (_what, spell) => {
      const { email } = await register(platform);
      const address = spell(email);
      expectInvalid(
        await platform.api.post('/auth/register', { email: address, name: 'x', password: PASSWORD }),
        'email',
      );
      expectInvalid(await login(platform, address), 'email');
      expectInvalid(await platform.api.post('/auth/forgot-password', { email: address }), 'email');
    });

    it.each([
      ['in capitals', (email: string) => email.toUpperCase()],
      ['between blanks', (email: string) => ` ${email}\n`],
      ['with the sign of Kelvin for a K', (email: string) => email.replace('k', '\u212a')],
    ])('is the same account: %s', async (_what, spell) => {
      const { id, email } = await register(platform, { email: anAddress('k') });
      const address = spell(email);
      expect((await login(platform, address)).body.data.user).toMatchObject({ id, email });
      const again = await platform.api.post('/auth/register', { email: address, name: 'x', password: PASSWORD });
      expectProblem(again, 409, 'EMAIL_TAKEN');
    });
  });

  it('25: passwords that differ only after byte 72', async () => {
    const { email, api } = await register(platform);
    const [old, next] = [`${'ü'.repeat(40)}1`, `${'ü'.repeat(40)}2`];
    await reset(await resetToken(platform, email), old);
    expectProblem(await login(platform, email, next), 401, 'INVALID_CREDENTIALS');
    expectProblem(await login(platform, email, 'ü'.repeat(36)), 401, 'INVALID_CREDENTIALS');
    const { accessToken } = (await login(platform, email, old)).body.data;
    const change = { currentPassword: next, newPassword: NEW_PASSWORD };
    const answer = await platform.api.as(accessToken).post('/auth/change-password', change);
    expectProblem(answer, 401, 'INVALID_CREDENTIALS');
    expect((await api.get('/users/me')).status).toBe(401);
  });
});
