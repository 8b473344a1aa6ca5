import type { ApiClient } from '../support/ApiClient';
import { type ApiKey, makeApiKey } from '../support/apiKeys';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/expectProblem';
import { accept } from '../support/invitations';
import { addMember, makeWorkspace, type Person, signUp } from '../support/people';
import { SocketClient } from '../support/SocketClient';
import { startTwoNodes, type TwoNodes } from '../support/twoNodes';

/** How soon the contract wants a revocation to be felt everywhere. */

describe('An API key, from its making to its end, on two nodes', () => {
  let nodes: TwoNodes;
  let owner: Person;
  let admin: Person;
  let workspaceId: string;
  let apiKey: ApiKey;
  let machine: ApiClient;
  let socket: SocketClient;
  let newcomer: Person;

  beforeAll(async () => {
    nodes = await startTwoNodes();
    owner = await signUp(nodes.two, { name: 'Ada Lovelace' });
    workspaceId = await makeWorkspace(owner, 'Analytical Engines');
    admin = await addMember(nodes.two, owner, workspaceId, { role: 'admin' });
    newcomer = await signUp(nodes.two, { name: 'Grace Hopper' });
  });

  afterAll(async () => {
    socket.disconnect();
    await nodes.stop();
  });

  it('is made by an admin, for a machine', async () => {
    apiKey = await makeApiKey(admin, workspaceId, { name: 'Provisioning', role: 'admin' });
    machine = nodes.two.api.as(apiKey.key);
    socket = await SocketClient.connect(nodes.two.address, { token: apiKey.key });
  });

  it('reads who is there', async () => {
    const { status, body } = await machine.get('/users');
    expect([status, body.data.map(({ id }: Person) => id)]).toEqual([200, [owner.id, admin.id]]);
  });

  it('invites somebody, who joins, which it hears', async () => {
    const invitation = { email: newcomer.email, role: 'member' };
    const { status, body } = await machine.post(`/workspaces/${workspaceId}/members/invite`, invitation);
    expect([status, body.data]).toMatchObject([201, { email: newcomer.email, invitedBy: apiKey.id }]);
    const token = await nodes.two.mailedToken(newcomer.email, /^You are invited to Analytical Engines$/);
    expect((await accept(newcomer, workspaceId, token)).status).toBe(200);
    await eventually(() =>
      expect(socket.told('workspace:member:joined')).toMatchObject([{ workspaceId, userId: newcomer.id }]),
    );
  });

  it('outlives the membership of who made it', async () => {
    const path = `/workspaces/${workspaceId}/members/${admin.id}`;
    expect((await owner.api.delete(path)).status).toBe(204);
    await eventually(() => expect(socket.told('workspace:member:left')).toMatchObject([{ userId: admin.id }]));
    expect((await machine.get('/users')).status).toBe(200);
    expect(socket.connected).toBe(true);
  });

  it('is seen to be in use, and is revoked: it is out on both nodes, its socket too', async () => {
    const asOwner = nodes.one.api.as(owner.accessToken, workspaceId);
    const [view] = (await asOwner.get('/api-keys')).body.data;
    expect(view).toMatchObject({ id: apiKey.id, createdBy: admin.id, lastUsedAt: expect.any(String) });
    expect((await nodes.one.api.as(apiKey.key).get('/users')).status).toBe(200);
    const other = await SocketClient.connect(nodes.one.address, { token: apiKey.key, workspaceId });

    expect((await asOwner.delete(`/api-keys/${apiKey.id}`)).status).toBe(204);

    await eventually(async () => {
      for (const node of [nodes.one, nodes.two]) {
        expectProblem(await node.api.as(apiKey.key).get('/users'), 401, 'SESSION_REVOKED');
      }
      expect([socket.connected, other.connected]).toEqual([false, false]);
    });
    const again = SocketClient.connect(nodes.two.address, { token: apiKey.key });
    await expect(again).rejects.toMatchObject({ problem: { status: 401, code: 'SESSION_REVOKED' } });
    expect((await asOwner.get('/api-keys')).body.data).toEqual([]);
  });
});
