import { databaseSnapshot } from '../../../../../tests/support/databaseSnapshot';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { NEW_PASSWORD, passwordChecks, UNACCEPTABLE } from '../../../../../tests/support/passwords';
import { anAddress, PASSWORD, type Person, register } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachAsNewPerson } from '../../../../../tests/support/workspaceStage';

describe('A password', () => {
  let platform: TestPlatform;
  let person: Person;

  eachAsNewPerson((its) => {
    ({ platform, person } = its);
  });

  const { expectPassword, refusePassword, expectEnded, anotherDevice } = passwordChecks(() => ({ platform, person }));

  describe('POST /auth/change-password', () => {
    const change = (currentPassword: unknown, newPassword: unknown, { api } = person) =>
      api.post('/auth/change-password', { currentPassword, newPassword });

    it('puts the new password in force', async () => {
      const { status, body, headers } = await change(PASSWORD, NEW_PASSWORD);
      expect([status, body, headers.get('cache-control')]).toEqual([204, undefined, 'no-store']);
      await refusePassword(PASSWORD);
      await expectPassword(NEW_PASSWORD);
    });

    it('ends all other sessions and their sockets, and keeps the one that asks', async () => {
      const phone = await anotherDevice();
      const tokens = [person.accessToken, phone.accessToken];
      const sockets = await Promise.all(tokens.map((token) => SocketClient.connect(platform.address, { token })));
      await change(PASSWORD, NEW_PASSWORD);
      await expectEnded(phone.accessToken);
      await eventually(() => expect(sockets.map(({ connected }) => connected)).toEqual([true, false]));
      const [kept] = sockets;
      kept?.disconnect();
      expect((await person.api.get('/users/me')).status).toBe(200);
      const { refreshToken } = person;
      expect((await platform.api.post('/auth/refresh-token', { refreshToken })).status).toBe(200);
    });

    it('refuses a wrong current password, and changes nothing', async () => {
      const before = await databaseSnapshot(platform);
      for (const wrong of ['not the password', '']) {
        const answer = await change(wrong, NEW_PASSWORD);
        if (wrong) expectProblem(answer, 401, 'INVALID_CREDENTIALS');
        else expectInvalid(answer, 'currentPassword');
      }
      expect(await databaseSnapshot(platform)).toEqual(before);
    });

    it.each(UNACCEPTABLE)('refuses %s for a new password', async (_what, password) => {
      expectInvalid(await change(PASSWORD, password(person)), 'newPassword');
    });

    it('refuses a common password', async () => {
      expectProblem(await change(PASSWORD, 'iloveyou'), 422, 'PASSWORD_BREACHED');
      await expectPassword(PASSWORD);
    });

    it('asks for a session, and for the person’s own password', async () => {
      const other = await register(platform);
      const answer = await change(PASSWORD, NEW_PASSWORD, { ...person, api: platform.api });
      expectProblem(answer, 401, 'UNAUTHENTICATED');
      await change(PASSWORD, NEW_PASSWORD);
      await expectPassword(PASSWORD, other);
    });
  });

  describe('POST /auth/register', () => {
    it('refuses a common password', async () => {
      const input = { email: anAddress(), name: 'Ada', password: '12345678' };
      const before = await databaseSnapshot(platform);
      expectProblem(await platform.api.post('/auth/register', input), 422, 'PASSWORD_BREACHED');
      expect(await databaseSnapshot(platform)).toEqual(before);
    });
  });

  describe('POST /auth/resend-verification', () => {
    const resend = ({ api } = person) => api.post('/auth/resend-verification');

    it('mails another link, and voids the one before', async () => {
      person = await register(platform);
      const first = await platform.mailedToken(person.email, /confirm/i);
      const { status, body } = await resend();
      expect([status, body]).toEqual([202, { data: {} }]);
      await eventually(async () => expect(await platform.mailsTo(person.email)).toHaveLength(2));
      const second = await platform.mailedToken(person.email, /confirm/i);
      expect(second).not.toBe(first);
      const verify = (token: string) => platform.api.post('/auth/verify-email', { token });
      expectProblem(await verify(first), 400, 'INVALID_TOKEN');
      expect((await verify(second)).status).toBe(200);
    });

    it('answers the same to whose address is proven, and mails nothing', async () => {
      await eventually(async () =>
        expect((await person.api.get('/users/me')).body.data).toMatchObject({ emailVerified: true }),
      );
      const before = await databaseSnapshot(platform);
      const { status, body } = await resend();
      expect([status, body]).toEqual([202, { data: {} }]);
      expect(await databaseSnapshot(platform)).toEqual(before);
    });

    it('asks for a session, and takes no address', async () => {
      expectProblem(await platform.api.post('/auth/resend-verification'), 401, 'UNAUTHENTICATED');
      const answer = await person.api.post('/auth/resend-verification', { email: anAddress() });
      expectInvalid(answer, 'email');
    });
  });
});
