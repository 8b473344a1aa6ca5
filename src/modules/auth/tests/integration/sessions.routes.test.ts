import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { makeWorkspace, PASSWORD, type Person, signUp } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { startTwoNodes, type TwoNodes } from '../../../../../tests/support/twoNodes';
import { newId } from '../../../../core/domain/Id';

describe('The end of a session, on one of two nodes', () => {
  let nodes: TwoNodes;
  let person: Person;

  beforeAll(async () => {
    nodes = await startTwoNodes();
  });

  beforeEach(async () => {
    person = await signUp(nodes.one);
  });

  afterAll(() => nodes.stop());

  const both = <Result>(look: (node: TwoNodes['one']) => Promise<Result>): Promise<Result[]> =>
    Promise.all([nodes.one, nodes.two].map(look));

  it('POST /auth/logout shuts the session out of both', async () => {
    const me = () => both((node) => node.api.as(person.accessToken).get('/users/me'));
    for (const { status } of await me()) expect(status).toBe(200);
    await person.api.post('/auth/logout');
    await eventually(async () => {
      for (const answer of await me()) expectProblem(answer, 401, 'SESSION_REVOKED');
    });
  });

  it('POST /auth/logout closes its sockets on both, and no other session’s', async () => {
    const { body } = await nodes.two.api.post('/auth/login', { email: person.email, password: PASSWORD });
    const connect = (token: string) => both((node) => SocketClient.connect(node.address, { token }));
    const ended = await connect(person.accessToken);
    const others = await connect(body.data.accessToken);
    await person.api.post('/auth/logout');
    await eventually(() => expect(ended.map(({ connected }) => connected)).toEqual([false, false]));
    const again = SocketClient.connect(nodes.two.address, { token: person.accessToken });
    await expect(again).rejects.toMatchObject({ problem: { status: 401, code: 'SESSION_REVOKED' } });
    expect(others.map(({ connected }) => connected)).toEqual([true, true]);
    for (const socket of others) socket.disconnect();
  });

  it('POST /auth/logout ends tokens for a workspace with it', async () => {
    const workspaceId = await makeWorkspace(person);
    const { body } = await person.api.post(`/workspaces/${workspaceId}/switch`);
    const users = () => both((node) => node.api.as(body.data.accessToken).get('/users'));
    for (const { status } of await users()) expect(status).toBe(200);
    await person.api.post('/auth/logout');
    await eventually(async () => {
      for (const answer of await users()) expectProblem(answer, 401, 'SESSION_REVOKED');
    });
  });

  describe('GET /auth/sessions', () => {
    it('lists the open ones of the caller, the newest first, with their devices', async () => {
      await nodes.one.api.post('/auth/login', { email: person.email, password: PASSWORD }, { 'User-Agent': 'A phone' });
      const { status, body, headers } = await person.api.get('/auth/sessions');
      expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
      const session = {
        id: expect.any(String),
        device: expect.any(String),
        ip: '127.0.0.1',
        createdAt: expect.any(String),
        lastUsedAt: expect.any(String),
      };
      expect(body.data).toEqual([
        { ...session, device: 'A phone', current: false },
        { ...session, current: true },
      ]);
      await person.api.delete(`/auth/sessions/${body.data[0].id}`);
      expect((await person.api.get('/auth/sessions')).body.data).toEqual([body.data[1]]);
    });

    it('asks for a session', async () => {
      expectProblem(await nodes.one.api.get('/auth/sessions'), 401, 'UNAUTHENTICATED');
      expectInvalid(await person.api.get('/auth/sessions?userId=x'), 'userId');
    });
  });

  describe('DELETE /auth/sessions/:id', () => {
    it('ends one of the caller’s, on both nodes', async () => {
      const { body } = await nodes.one.api.post('/auth/login', { email: person.email, password: PASSWORD });
      const other = nodes.two.api.as(body.data.accessToken);
      const [newest] = (await other.get('/auth/sessions')).body.data;
      expect((await person.api.delete(`/auth/sessions/${newest.id}`)).status).toBe(204);
      await eventually(async () => expectProblem(await other.get('/users/me'), 401, 'SESSION_REVOKED'));
      expect((await person.api.get('/users/me')).status).toBe(200);
      expect((await person.api.delete(`/auth/sessions/${newest.id}`)).status).toBe(204);
    });

    it('answers the same for another person’s and for none, and ends neither', async () => {
      const other = await signUp(nodes.one);
      const [theirs] = (await other.api.get('/auth/sessions')).body.data;
      const foreign = await person.api.delete(`/auth/sessions/${theirs.id}`);
      expectProblem(foreign, 404, 'NOT_FOUND');
      const none = await person.api.delete(`/auth/sessions/${newId()}`);
      expect(withoutRequest(none)).toEqual(withoutRequest(foreign));
      expect((await other.api.get('/users/me')).status).toBe(200);
      expectInvalid(await person.api.delete('/auth/sessions/x'), 'id');
      expectProblem(await nodes.one.api.delete(`/auth/sessions/${theirs.id}`), 401, 'UNAUTHENTICATED');
    });
  });

  it('POST /auth/logout-all ends all of the caller’s, on both nodes, and nobody else’s', async () => {
    const other = await signUp(nodes.one);
    const { body } = await nodes.two.api.post('/auth/login', { email: person.email, password: PASSWORD });
    const tokens = [person.accessToken, body.data.accessToken];
    const { status } = await person.api.post('/auth/logout-all');
    expect(status).toBe(204);
    for (const token of tokens) {
      await eventually(async () => {
        for (const answer of await both((node) => node.api.as(token).get('/users/me'))) {
          expectProblem(answer, 401, 'SESSION_REVOKED');
        }
      });
    }
    expect((await other.api.get('/users/me')).status).toBe(200);
    expectProblem(await nodes.one.api.post('/auth/logout-all'), 401, 'UNAUTHENTICATED');
  });
});
