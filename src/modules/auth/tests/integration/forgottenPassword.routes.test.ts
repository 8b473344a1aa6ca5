import { databaseSnapshot } from '../../../../../tests/support/databaseSnapshot';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { login, NEW_PASSWORD, passwordChecks, resetToken, UNACCEPTABLE } from '../../../../../tests/support/passwords';
import { anAddress, PASSWORD, type Person, register, signUp } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachAsNewPerson } from '../../../../../tests/support/workspaceStage';

describe('A forgotten password', () => {
  let platform: TestPlatform;
  let person: Person;

  eachAsNewPerson((its) => {
    ({ platform, person } = its);
  });

  const { expectPassword, refusePassword, expectEnded, anotherDevice } = passwordChecks(() => ({ platform, person }));

  describe('POST /auth/forgot-password', () => {
    const forget = (email: unknown) => platform.api.post('/auth/forgot-password', { email });

    it('answers 202, and mails a link to the address of the account', async () => {
      const { status, body, headers } = await forget(` ${person.email.toUpperCase()}`);
      expect([status, body, headers.get('cache-control')]).toEqual([202, { data: {} }, 'no-store']);
      await eventually(async () => {
        const [mail] = await platform.mailsTo(person.email);
        expect(mail?.subject).toBe('Choose a new password');
        expect(mail?.links).toEqual([
          expect.stringMatching(/^http:\/\/localhost:3000\/reset-password\?token=[\w-]{43}$/),
        ]);
      });
    });

    it('keeps the token nowhere', async () => {
      const token = await resetToken(platform, person.email);
      const stored = await platform.query(
        `SELECT to_jsonb(mailed_links) AS row FROM mailed_links UNION ALL SELECT to_jsonb(events) FROM events
         UNION ALL SELECT to_jsonb(jobs) FROM graphile_worker._private_jobs AS jobs`,
      );
      expect(JSON.stringify(stored)).not.toContain(token);
    });

    it('answers the same for an address without an account, and leaves nothing', async () => {
      const known = await forget(person.email);
      await eventually(async () => expect(await platform.mailsTo(person.email)).toHaveLength(2));
      const before = await databaseSnapshot(platform);
      const unknown = await forget(anAddress());
      expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
      expect(await databaseSnapshot(platform)).toEqual(before);
    });

    it.each(['inactive', 'banned'])('answers the same for an account that is %s, and mails nothing', async (state) => {
      await platform.query('UPDATE users SET status = $1 WHERE id = $2', [state, person.id]);
      const before = await databaseSnapshot(platform);
      expect((await forget(person.email)).status).toBe(202);
      expect(await databaseSnapshot(platform)).toEqual(before);
    });

    it('refuses what is no address', async () => {
      for (const email of [undefined, null, 'ada', 7, [person.email], { email: person.email }]) {
        expectInvalid(await forget(email), 'email');
      }
    });
  });

  describe('POST /auth/reset-password', () => {
    const reset = (token: unknown, password: unknown = NEW_PASSWORD) =>
      platform.api.post('/auth/reset-password', { token, password });

    it('puts the new password in force, and proves the address', async () => {
      person = await register(platform);
      const { status, body, headers } = await reset(await resetToken(platform, person.email));
      expect([status, body, headers.get('cache-control')]).toEqual([204, undefined, 'no-store']);
      await refusePassword(PASSWORD);
      const signedIn = await login(platform, person.email, NEW_PASSWORD);
      expect(signedIn.body.data.user).toMatchObject({ id: person.id, emailVerified: true });
    });

    it('ends all sessions of the person, for access and refresh tokens, and their sockets', async () => {
      const phone = await anotherDevice();
      const tokens = [person.accessToken, phone.accessToken];
      const sockets = await Promise.all(tokens.map((token) => SocketClient.connect(platform.address, { token })));
      await reset(await resetToken(platform, person.email));
      for (const token of tokens) await expectEnded(token);
      await eventually(() => expect(sockets.map(({ connected }) => connected)).toEqual([false, false]));
      for (const { refreshToken } of [person, phone]) {
        expectProblem(await platform.api.post('/auth/refresh-token', { refreshToken }), 401, 'SESSION_REVOKED');
      }
    });

    it('leaves everybody else alone', async () => {
      const other = await signUp(platform);
      await reset(await resetToken(platform, person.email));
      expect((await other.api.get('/users/me')).status).toBe(200);
      await expectPassword(PASSWORD, other);
    });

    it('takes a token once', async () => {
      const token = await resetToken(platform, person.email);
      expect((await reset(token)).status).toBe(204);
      expectProblem(await reset(token, PASSWORD), 400, 'INVALID_TOKEN');
      await expectPassword(NEW_PASSWORD);
    });

    it('takes the newest token alone', async () => {
      const first = await resetToken(platform, person.email);
      const second = await resetToken(platform, person.email);
      expectProblem(await reset(first), 400, 'INVALID_TOKEN');
      await expectPassword(PASSWORD);
      expect((await reset(second)).status).toBe(204);
    });

    it('takes a token for an hour', async () => {
      const token = await resetToken(platform, person.email);
      const age = (by: string) =>
        platform.query('UPDATE mailed_links SET expires_at = expires_at - $2::interval WHERE user_id = $1', [
          person.id,
          by,
        ]);
      const [row] = await platform.query(
        `SELECT extract(epoch FROM expires_at - now()) BETWEEN 3540 AND 3600 AS hour FROM mailed_links
         WHERE user_id = $1`,
        [person.id],
      );
      expect(row).toEqual({ hour: true });
      await age('1 hour');
      expectProblem(await reset(token), 400, 'INVALID_TOKEN');
      await expectPassword(PASSWORD);
      await age('-10 minutes');
      expect((await reset(token)).status).toBe(204);
    });

    it('refuses a token that is unknown, or was mailed for something else', async () => {
      expectProblem(await reset('unknown'), 400, 'INVALID_TOKEN');
      const { email } = await register(platform);
      const verification = await platform.mailedToken(email, /confirm/i);
      expectProblem(await reset(verification), 400, 'INVALID_TOKEN');
      const token = await resetToken(platform, email);
      expectProblem(await platform.api.post('/auth/verify-email', { token }), 400, 'INVALID_TOKEN');
      expect((await platform.api.post('/auth/verify-email', { token: verification })).status).toBe(200);
    });

    it.each(UNACCEPTABLE)('refuses %s for a password, after which the token still works', async (_what, password) => {
      const token = await resetToken(platform, person.email);
      expectInvalid(await platform.api.post('/auth/reset-password', { token, password: password(person) }), 'password');
      expect((await reset(token)).status).toBe(204);
    });

    it('refuses a common password, after which the token still works', async () => {
      const token = await resetToken(platform, person.email);
      expectProblem(await reset(token, 'Password1'), 422, 'PASSWORD_BREACHED');
      await expectPassword(PASSWORD);
      expect((await reset(token)).status).toBe(204);
    });

    it('refuses what is no token', async () => {
      for (const token of [undefined, null, 1, [], {}, 'x'.repeat(201)]) expectInvalid(await reset(token), 'token');
    });
  });
});
