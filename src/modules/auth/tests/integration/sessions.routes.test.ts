import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { login } from '../../../../../tests/support/passwords';
import { PASSWORD, type Person, register } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { startTwoNodes, type TwoNodes } from '../../../../../tests/support/twoNodes';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
interface Session {
  readonly id: string;
  readonly device: string;
  readonly current: boolean;
}

describe('The sessions of a person, on two nodes', () => {
  let nodes: TwoNodes;
  let platform: TestPlatform;
  let person: Person;

  beforeAll(async () => {
    nodes = await startTwoNodes();
    platform = nodes.one;
  });

  beforeEach(async () => {
    person = await register(platform);
  });

  afterAll(() => nodes.stop());

  /** Another sign-in of the person; answers its access token. */
  const anotherDevice = async (device = 'Phone/1', { email } = person): Promise<string> => {
    const credentials = { email, password: PASSWORD };
    const { body } = await platform.api.post('/auth/login', credentials, { 'User-Agent': device });
    return body.data.accessToken;
  };

  const list = async (token = person.accessToken): Promise<Session[]> =>
    (await platform.api.as(token).get('/auth/sessions')).body.data;

  const idOf = async (device: string): Promise<string> =>
    (await list()).find((session) => session.device === device)?.id ?? '';

  const everywhere = (token: string) =>
    Promise.all([nodes.one, nodes.two].map((node) => node.api.as(token).get('/users/me')));

  const expectEnded = (token: string): Promise<void> =>
    eventually(async () => {
      for (const answer of await everywhere(token)) expectProblem(answer, 401, 'SESSION_REVOKED');
    });

  const expectOpen = async (token: string): Promise<void> => {
    for (const { status } of await everywhere(token)) expect(status).toBe(200);
  };

  const reasons = async (): Promise<string[]> => {
    const rows = await platform.query<{ reason: string }>(
      `SELECT facts->>'reason' AS reason FROM events WHERE type = 'auth.session-ended' AND actor_id = $1`,
      [person.id],
    );
    return rows.map(({ reason }) => reason);
  };

  describe('GET /auth/sessions', () => {
    it('tells the device, the address and the times of each, and which one asks', async () => {
      await anotherDevice('Phone/1');
      const { status, body, headers } = await person.api.get('/auth/sessions');
      expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
      const session = {
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        ip: '127.0.0.1',
        createdAt: expect.stringMatching(MOMENT),
        lastUsedAt: expect.stringMatching(MOMENT),
      };
      expect(body).toEqual({
        data: [
          { ...session, device: 'Phone/1', current: false },
          { ...session, device: expect.any(String), current: true },
        ],
      });
    });

    it('puts the one used last first, and marks whichever asks', async () => {
      const phone = await anotherDevice('Phone/1');
      await platform.api.post('/auth/refresh-token', { refreshToken: person.refreshToken });
      expect((await list(phone)).map(({ device, current }) => [device === 'Phone/1', current])).toEqual([
        [false, false],
        [true, true],
      ]);
    });

    it('leaves out what has ended, and what belongs to somebody else', async () => {
      const signedOut = await anotherDevice('Signed out');
      await platform.api.as(signedOut).post('/auth/logout');
      await anotherDevice('Expired');
      await platform.query(`UPDATE sessions SET expires_at = now() WHERE user_agent = 'Expired'`);
      await anotherDevice('Theirs', await register(platform));
      expect(await list()).toMatchObject([{ current: true }]);
    });

    it('is for the person alone, and takes no query', async () => {
      expectProblem(await platform.api.get('/auth/sessions'), 401, 'UNAUTHENTICATED');
      expectInvalid(await person.api.get(`/auth/sessions?userId=${newId()}`), 'userId');
    });
  });

  describe('DELETE /auth/sessions/:id', () => {
    const revoke = (id: string, { api } = person) => api.delete(`/auth/sessions/${id}`);

    it('ends that session and its sockets on both nodes, and no other one', async () => {
      const phone = await anotherDevice('Phone/1');
      await expectOpen(phone);
      const [lost, kept] = [
        await SocketClient.connect(nodes.two.address, { token: phone }),
        await SocketClient.connect(nodes.two.address, { token: person.accessToken }),
      ];
      const { status, body } = await revoke(await idOf('Phone/1'));
      expect([status, body]).toEqual([204, undefined]);
      await expectEnded(phone);
      await eventually(() => expect(lost.connected).toBe(false));
      await expectOpen(person.accessToken);
      expect(kept.connected).toBe(true);
      kept.disconnect();
      expect(await list()).toMatchObject([{ current: true }]);
      expect(await reasons()).toEqual(['revoked']);
    });

    it('may end the one that asks', async () => {
      const [{ id } = { id: '' }] = await list();
      expect((await revoke(id.toUpperCase())).status).toBe(204);
      await expectEnded(person.accessToken);
      const { refreshToken } = person;
      expectProblem(await platform.api.post('/auth/refresh-token', { refreshToken }), 401, 'SESSION_REVOKED');
    });

    it('again changes nothing', async () => {
      await anotherDevice('Phone/1');
      const id = await idOf('Phone/1');
      expect([(await revoke(id)).status, (await revoke(id)).status]).toEqual([204, 204]);
      expect(await reasons()).toEqual(['revoked']);
    });

    it('tells nobody whether a session of somebody else exists', async () => {
      const stranger = await register(platform);
      const [{ id } = { id: '' }] = await list();
      const theirs = await revoke(id, stranger);
      expectProblem(theirs, 404, 'NOT_FOUND');
      expect(withoutRequest(await revoke(newId(), stranger))).toEqual(withoutRequest(theirs));
      await expectOpen(person.accessToken);
      expect(await reasons()).toEqual([]);
    });

    it.each(['x', '1', 'all', '00000000', "'", '%00', '..%2f'])('refuses %j for an id', async (id) => {
      expectInvalid(await revoke(id), 'id');
    });

    it('asks for a session', async () => {
      const [{ id } = { id: '' }] = await list();
      expectProblem(await platform.api.delete(`/auth/sessions/${id}`), 401, 'UNAUTHENTICATED');
      await expectOpen(person.accessToken);
    });
  });

  describe('POST /auth/logout-all', () => {
    it('ends every session of the person and its sockets on both nodes, and nobody else’s', async () => {
      const stranger = await register(platform);
      const tokens = [person.accessToken, await anotherDevice()];
      const sockets = await Promise.all(tokens.map((token) => SocketClient.connect(nodes.two.address, { token })));
      for (const token of tokens) await expectOpen(token);
      const { status, body, headers } = await person.api.post('/auth/logout-all');
      expect([status, body, headers.get('cache-control')]).toEqual([204, undefined, 'no-store']);
      for (const token of tokens) await expectEnded(token);
      await eventually(() => expect(sockets.map(({ connected }) => connected)).toEqual([false, false]));
      await expectOpen(stranger.accessToken);
      expect(await reasons()).toEqual(['signed-out-everywhere', 'signed-out-everywhere']);
    });

    it('lets the person sign in again', async () => {
      await person.api.post('/auth/logout-all');
      expect((await login(platform, person.email)).status).toBe(200);
    });

    it('asks for a session, and for nothing else', async () => {
      expectProblem(await platform.api.post('/auth/logout-all'), 401, 'UNAUTHENTICATED');
      expectInvalid(await person.api.post('/auth/logout-all', { userId: person.id }), 'userId');
      await expectOpen(person.accessToken);
    });
  });
});
