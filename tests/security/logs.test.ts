import { capturedLog } from '../support/capturedLog';
import { declaredRoutes, stringMembers } from '../support/declaredRoutes';
import { eventually } from '../support/eventually';
import { login, NEW_PASSWORD, resetToken } from '../support/passwords';
import { PASSWORD, register, signUp } from '../support/people';
import { enrollTotp } from '../support/secondFactor';
import { TestPlatform } from '../support/testPlatform';

/** What would begin a line of its own, in JSON or for a reader, and what a terminal would obey. */
const FORGERIES = [
  '\r\n{"level":"error","message":"forged"}',
  '\n99:99:99 error forged',
  '\u001b[2J\u001b[31mforged',
  '\u009b31mforged',
  '\u2028forged\u2029forged\u0085forged',
  '\0forged\u0007\b',
];

/** What takes no string is left out, or the first of them, which signs out, would be the end of it. */
const attacked = declaredRoutes.filter(({ params, query, body }) =>
  [params, query, body].some((schema) => stringMembers(schema).length > 0),
);

describe.each(['production', 'development'] as const)('45: the log, as in %s', (env) => {
  const { logger, text: log } = capturedLog(env);
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start({ logger, environment: { LOG_LEVEL: 'debug' } });
  });

  afterAll(() => platform.stop());

  /** Once whatever came before has been logged: answers all of it. */
  const logged = async (): Promise<string> => {
    const mark = `mark-${log().length}`;
    await platform.api.get('/users/me', { 'X-Request-Id': mark });
    await eventually(() => expect(log()).toContain(mark));
    return log();
  };

  it('keeps to one line per entry, whatever stands in the fields of a request', async () => {
    const { api } = await register(platform);
    for (const forgery of FORGERIES) {
      for (const { method, path, body, query } of attacked) {
        const members = Object.fromEntries(stringMembers(body).map((member) => [member, forgery]));
        const asked = stringMembers(query).map((member) => `${member}=${encodeURIComponent(forgery)}`);
        const address = `${path.replaceAll(/:\w+/g, encodeURIComponent(forgery))}?${asked.join('&')}`;
        const { status } = await api.send(method.toUpperCase(), address, method === 'get' ? undefined : members);
        expect([path, status]).not.toEqual([path, 500]);
      }
    }
    const lines = (await logged()).split('\n').filter(Boolean);
    const told = lines.filter((line) => /[\p{Cc}\p{Zl}\p{Zp}]/u.test(line));
    expect(told).toEqual([]);
    for (const line of lines) {
      if (env === 'production') expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) });
      expect(line).not.toMatch(/^(?:99:99:99|\{"level":"error","message":"forged")/);
    }
  });

  it('holds no password, code or token of those who change, forget or lose them', async () => {
    const person = await signUp(platform);
    const { secret, recoveryCodes } = await enrollTotp(person);
    const change = (currentPassword: string, newPassword: string) =>
      person.api.post('/auth/change-password', { currentPassword, newPassword });
    await change('canary: wrong', 'canary: refused');
    await change(PASSWORD, 'canary: changed');
    const first = await resetToken(platform, person.email);
    const second = await resetToken(platform, person.email);
    const reset = (token: string, password: unknown) => platform.api.post('/auth/reset-password', { token, password });
    await reset(first, 'canary: superseded');
    await reset(second, { value: 'canary: nested' });
    await reset(second, NEW_PASSWORD);
    await reset(second, 'canary: used up');
    await platform.api.post('/auth/reset-password', `{"token":"${second}","password":"canary: broken`);
    await platform.api.get(`/auth/reset-password?token=${second}`);
    const { mfaToken } = (await login(platform, person.email, NEW_PASSWORD)).body.data;
    const [recoveryCode = ''] = recoveryCodes;
    const { body } = await platform.api.post('/auth/mfa/challenge', { mfaToken, code: recoveryCode });
    const { accessToken, refreshToken } = body.data;
    await platform.api.as(accessToken).delete('/auth/mfa/totp', { password: 'canary: not it' });
    await platform.api.as(accessToken).delete('/auth/mfa/totp', { password: NEW_PASSWORD });
    await platform.api.as(accessToken).post('/auth/logout-all');

    const secrets = [PASSWORD, NEW_PASSWORD, 'canary', first, second, secret, mfaToken, accessToken, refreshToken];
    const events = JSON.stringify(await platform.query('SELECT facts FROM events'));
    for (const text of [await logged(), events]) {
      expect(text).not.toBe('');
      expect([...secrets, ...recoveryCodes].filter((each) => text.includes(each))).toEqual([]);
    }
  });
});
