import { eventually } from '../../../../../tests/support/eventually';
import { expectProblem } from '../../../../../tests/support/expectProblem';
import { makeWorkspace, PASSWORD, type Person, signUp } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { startTwoNodes, type TwoNodes } from '../../../../../tests/support/twoNodes';

describe('POST /auth/logout, on one of two nodes', () => {
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

  it('shuts the session out of both', async () => {
    const me = () => both((node) => node.api.as(person.accessToken).get('/users/me'));
    for (const { status } of await me()) expect(status).toBe(200);
    await person.api.post('/auth/logout');
    await eventually(async () => {
      for (const answer of await me()) expectProblem(answer, 401, 'SESSION_REVOKED');
    });
  });

  it('closes its sockets on both, and no other session’s', async () => {
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

  it('ends tokens for a workspace with it', async () => {
    const workspaceId = await makeWorkspace(person);
    const { body } = await person.api.post(`/workspaces/${workspaceId}/switch`);
    const users = () => both((node) => node.api.as(body.data.accessToken).get('/users'));
    for (const { status } of await users()) expect(status).toBe(200);
    await person.api.post('/auth/logout');
    await eventually(async () => {
      for (const answer of await users()) expectProblem(answer, 401, 'SESSION_REVOKED');
    });
  });
});
