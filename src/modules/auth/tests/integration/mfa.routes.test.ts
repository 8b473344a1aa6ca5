import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { authenticatorCode } from '../../../../../tests/support/authenticatorApp';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { PASSWORD, type Person, register } from '../../../../../tests/support/people';
import { enrollTotp } from '../../../../../tests/support/secondFactor';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachAsNewPerson } from '../../../../../tests/support/workspaceStage';

describe('The second factor', () => {
  let platform: TestPlatform;
  let person: Person;

  eachAsNewPerson(
    (its) => {
      ({ platform, person } = its);
    },
    { verified: false },
  );

  const login = (): Promise<ApiAnswer> => platform.api.post('/auth/login', { email: person.email, password: PASSWORD });

  const answer = (mfaToken: unknown, code: unknown): Promise<ApiAnswer> =>
    platform.api.post('/auth/mfa/challenge', { mfaToken, code });

  /** Signs in with the password; answers the token that the second factor is asked with. */
  async function challenge(): Promise<string> {
    const { status, body } = await login();
    expect([status, body.data]).toEqual([200, { mfaRequired: true, mfaToken: expect.stringMatching(/^[\w-]{43}$/) }]);
    return body.data.mfaToken;
  }

  const sessions = async (): Promise<number> =>
    (await platform.query('SELECT 1 FROM sessions WHERE user_id = $1', [person.id])).length;

  describe('POST /auth/mfa/totp', () => {
    it('gives a secret and the address that apps read, and changes nothing yet', async () => {
      const { status, body, headers } = await person.api.post('/auth/mfa/totp');
      expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(body.data).toEqual({ secret: expect.stringMatching(/^[A-Z2-7]{32,}$/), otpauthUrl: expect.any(String) });
      const url = new URL(body.data.otpauthUrl);
      expect([url.protocol, url.host, url.searchParams.get('secret')]).toEqual(['otpauth:', 'totp', body.data.secret]);
      expect(decodeURIComponent(url.pathname)).toContain(person.email);
      expect((await login()).body.data).toHaveProperty('accessToken');
      const [stored] = await platform.query<{ sealed: Buffer }>('SELECT sealed_secret AS sealed FROM totps');
      expect(stored?.sealed.includes(body.data.secret)).toBe(false);
    });

    it('gives another one when asked again, and then only that one counts', async () => {
      const first = (await person.api.post('/auth/mfa/totp')).body.data.secret;
      const second = (await person.api.post('/auth/mfa/totp')).body.data.secret;
      const confirm = (secret: string) =>
        person.api.post('/auth/mfa/totp/confirm', { code: authenticatorCode(secret) });
      expectProblem(await confirm(first), 401, 'MFA_INVALID');
      expect((await confirm(second)).status).toBe(200);
    });

    it('is refused while one is in force, and to nobody in particular', async () => {
      await enrollTotp(person);
      expectProblem(await person.api.post('/auth/mfa/totp'), 409, 'CONFLICT');
      expectProblem(await platform.api.post('/auth/mfa/totp'), 401, 'UNAUTHENTICATED');
      expectInvalid(await person.api.post('/auth/mfa/totp', { userId: 'x' }), 'userId');
    });
  });

  describe('POST /auth/mfa/totp/confirm', () => {
    it('tells ten recovery codes this once', async () => {
      const { recoveryCodes } = await enrollTotp(person);
      expect(recoveryCodes).toHaveLength(10);
      expect(new Set(recoveryCodes).size).toBe(10);
      for (const code of recoveryCodes) expect(code).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}$/);
      const stored = JSON.stringify(await platform.query('SELECT recovery_codes FROM totps'));
      for (const code of recoveryCodes) expect(stored).not.toContain(code);
      const again = await person.api.post('/auth/mfa/totp/confirm', { code: '000000' });
      expectProblem(again, 401, 'MFA_INVALID');
    });

    it('refuses wrong codes, and what was never begun', async () => {
      const confirm = (code: unknown) => person.api.post('/auth/mfa/totp/confirm', { code });
      expectProblem(await confirm('123456'), 401, 'MFA_INVALID');
      const { secret } = (await person.api.post('/auth/mfa/totp')).body.data;
      for (const code of [
        '12345',
        '1234567',
        'abcdef',
        authenticatorCode(secret, 10),
        ` ${authenticatorCode(secret)}`,
      ]) {
        expectProblem(await confirm(code), 401, 'MFA_INVALID');
      }
      for (const code of [undefined, 123456, ['123456'], 'x'.repeat(65)]) expectInvalid(await confirm(code), 'code');
      expectProblem(await platform.api.post('/auth/mfa/totp/confirm', { code: '1' }), 401, 'UNAUTHENTICATED');
      expect((await login()).body.data).toHaveProperty('accessToken');
    });
  });

  describe('POST /auth/mfa/challenge', () => {
    it('completes the sign-in, of which there is no session before', async () => {
      const { secret } = await enrollTotp(person);
      const before = await sessions();
      const mfaToken = await challenge();
      expect(await sessions()).toBe(before);
      expectProblem(await platform.api.as(mfaToken).get('/users/me'), 401, 'UNAUTHENTICATED');
      const refreshed = await platform.api.post('/auth/refresh-token', { refreshToken: mfaToken });
      expectProblem(refreshed, 401, 'UNAUTHENTICATED');

      const { status, body, headers } = await answer(mfaToken, authenticatorCode(secret));
      expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(body.data).toMatchObject({ user: { id: person.id }, tokenType: 'Bearer', expiresIn: 900 });
      expect((await platform.api.as(body.data.accessToken).get('/users/me')).status).toBe(200);
      expect(await sessions()).toBe(before + 1);
      expectProblem(await answer(mfaToken, authenticatorCode(secret, 1)), 401, 'MFA_INVALID');
    });

    it('takes each code once, of the app and for recovery', async () => {
      const { secret, recoveryCodes } = await enrollTotp(person);
      const [first = '', second = ''] = recoveryCodes;
      const code = authenticatorCode(secret);
      expect((await answer(await challenge(), code)).status).toBe(200);
      expectProblem(await answer(await challenge(), code), 401, 'MFA_INVALID');
      expect((await answer(await challenge(), first)).status).toBe(200);
      expectProblem(await answer(await challenge(), first), 401, 'MFA_INVALID');
      expect((await answer(await challenge(), ` ${second.toUpperCase().replace('-', ' ')} `)).status).toBe(200);
    });

    it('lets one of ten parallel uses of a recovery code win', async () => {
      const [code = ''] = (await enrollTotp(person)).recoveryCodes;
      const tokens: string[] = [];
      for (let count = 0; count < 10; count += 1) tokens.push(await challenge());
      const answers = await Promise.all(tokens.map((token) => answer(token, code)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    });

    it('is over after five wrong codes, or five minutes', async () => {
      const { secret } = await enrollTotp(person);
      const guessed = await challenge();
      for (let guess = 0; guess < 5; guess += 1) expectProblem(await answer(guessed, '000000'), 401, 'MFA_INVALID');
      expectProblem(await answer(guessed, authenticatorCode(secret)), 401, 'MFA_INVALID');
      const late = await challenge();
      await platform.query('UPDATE mfa_challenges SET expires_at = now() WHERE user_id = $1', [person.id]);
      expectProblem(await answer(late, authenticatorCode(secret)), 401, 'MFA_INVALID');
      expect((await answer(await challenge(), authenticatorCode(secret))).status).toBe(200);
    });

    it('is not answered by the codes of another person', async () => {
      const theirs = await enrollTotp(person);
      person = await register(platform);
      await enrollTotp(person);
      const mfaToken = await challenge();
      expectProblem(await answer(mfaToken, authenticatorCode(theirs.secret)), 401, 'MFA_INVALID');
      expectProblem(await answer(mfaToken, theirs.recoveryCodes[0]), 401, 'MFA_INVALID');
    });

    it('refuses what it does not know', async () => {
      expectProblem(await answer('unknown', '123456'), 401, 'MFA_INVALID');
      expectInvalid(await answer(undefined, 123456), 'mfaToken', 'code');
    });
  });

  describe('DELETE /auth/mfa/totp', () => {
    const remove = (password: unknown): Promise<ApiAnswer> => person.api.delete('/auth/mfa/totp', { password });

    it('takes it away, against the password', async () => {
      await enrollTotp(person);
      expectProblem(await remove('not the password'), 401, 'INVALID_CREDENTIALS');
      expectInvalid(await remove(undefined), 'password');
      await challenge();
      const { status, body } = await remove(PASSWORD);
      expect([status, body]).toEqual([204, undefined]);
      expect((await login()).body.data).toHaveProperty('accessToken');
      expect((await remove(PASSWORD)).status).toBe(204);
      expectProblem(await platform.api.delete('/auth/mfa/totp', { password: PASSWORD }), 401, 'UNAUTHENTICATED');
    });
  });
});
