import { eventually } from '../../../../tests/support/eventually';
import { makeApiKey } from '../../../../tests/support/apiKeys';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../tests/support/people';
import { describeWithRedis, startRedis } from '../../../../tests/support/redisServer';
import { SocketClient } from '../../../../tests/support/SocketClient';
import type { TestPlatform } from '../../../../tests/support/testPlatform';
import { startTwoNodes, type TwoNodes } from '../../../../tests/support/twoNodes';

const UPDATED = 'workspace:updated';
const PRESENCE = 'presence:changed';

function behaveAsOne(settings: () => Promise<NodeJS.ProcessEnv>): void {
  let nodes: TwoNodes;
  let owner: Person;
  let member: Person;
  let workspaceId: string;
  let sockets: SocketClient[];

  beforeAll(async () => {
    nodes = await startTwoNodes(await settings());
  });

  beforeEach(async () => {
    sockets = [];
    owner = await signUp(nodes.one);
    workspaceId = await makeWorkspace(owner);
    member = await addMember(nodes.one, owner, workspaceId);
  });

  afterEach(() => {
    for (const socket of sockets) socket.disconnect();
  });

  afterAll(() => nodes.stop());

  const connect = async (node: TestPlatform, token: string): Promise<SocketClient> => {
    const socket = await SocketClient.connect(node.address, { token, workspaceId });
    sockets.push(socket);
    return socket;
  };

  const rename = (name: string, { api }: TestPlatform = nodes.one) =>
    api.as(owner.accessToken).put(`/workspaces/${workspaceId}`, { name });

  const names = (socket: SocketClient): string[] => socket.told(UPDATED).map(({ workspace }) => workspace.name);

  const moves = (socket: SocketClient): string[] =>
    socket.told(PRESENCE).map(({ userId, change }) => `${userId === member.id ? 'member' : 'other'} ${change}`);

  const present = async (socket: SocketClient): Promise<string[]> => {
    const { userIds } = await socket.send('presence:list', { workspaceId });
    return userIds;
  };

  it('tell on both what happens on either, in one order and once', async () => {
    const [here, there] = [await connect(nodes.one, owner.accessToken), await connect(nodes.two, member.accessToken)];
    const all = Array.from({ length: 10 }, (_, index) => `Name ${index}`);
    for (const [index, name] of all.entries()) await rename(name, index % 2 ? nodes.one : nodes.two);
    for (const socket of [here, there]) await eventually(() => expect(names(socket)).toEqual(all));
    expect(there.told(UPDATED)).toEqual(here.told(UPDATED));
  });

  it('let a client go on at the other one where it was cut off', async () => {
    const here = await connect(nodes.one, member.accessToken);
    await rename('Heard');
    await eventually(() => expect(names(here)).toEqual(['Heard']));
    const after = here.told(UPDATED).at(-1)?.cursor;
    here.disconnect();
    await rename('Missed');
    const there = await SocketClient.connect(nodes.two.address, { token: member.accessToken, workspaceId, after });
    sockets.push(there);
    await rename('Live');
    await eventually(() => expect(names(there)).toEqual(['Missed', 'Live']));
  });

  it('tell a person on the other one that their roles are others, once', async () => {
    const there = await connect(nodes.two, member.accessToken);
    await owner.api.put(`/workspaces/${workspaceId}/members/${member.id}/roles`, { roles: ['viewer'] });
    await eventually(() => expect(there.told('permissions:changed')).toMatchObject([{ roles: ['viewer'] }]));
    await rename('Done');
    await eventually(() => expect(names(there)).toEqual(['Done']));
    expect(there.told('permissions:changed')).toHaveLength(1);
  });

  it('know who is there, each person once, on whatever node and in however many tabs', async () => {
    const watching = await connect(nodes.one, owner.accessToken);
    expect(await present(watching)).toEqual([owner.id]);
    const tabs = [
      await connect(nodes.one, member.accessToken),
      await connect(nodes.two, member.accessToken),
      await connect(nodes.two, member.accessToken),
    ];
    await eventually(() => expect(moves(watching)).toEqual(['member joined']));
    for (const socket of [watching, ...tabs]) expect(await present(socket)).toEqual([owner.id, member.id].sort());
    for (const tab of tabs.slice(0, 2)) tab.disconnect();
    await eventually(async () => {
      const rows = await nodes.one.query('SELECT node FROM presences WHERE user_id = $1', [member.id]);
      expect(rows).toHaveLength(1);
    });
    expect(moves(watching)).toEqual(['member joined']);
    await tabs[2]?.send('workspace:leave', { workspaceId });
    await eventually(() => expect(moves(watching)).toEqual(['member joined', 'member left']));
    expect(await present(watching)).toEqual([owner.id]);
    expect(watching.told(PRESENCE).at(-1)).toEqual({
      id: expect.any(String),
      type: 'presence.changed',
      workspaceId,
      cursor: expect.stringMatching(/^\d+\.\d+$/),
      occurredAt: expect.stringMatching(/Z$/),
      actorId: member.id,
      userId: member.id,
      change: 'left',
    });
  });

  it('tell that somebody is gone who was removed', async () => {
    const watching = await connect(nodes.one, owner.accessToken);
    await connect(nodes.two, member.accessToken);
    await eventually(() => expect(moves(watching)).toEqual(['member joined']));
    await owner.api.delete(`/workspaces/${workspaceId}/members/${member.id}`);
    await eventually(() => expect(moves(watching)).toEqual(['member joined', 'member left']));
  });

  it('tell nobody outside who is there, and do not take API keys for people', async () => {
    const watching = await connect(nodes.one, owner.accessToken);
    const { key } = await makeApiKey(owner, workspaceId);
    const machine = await connect(nodes.two, key);
    const { accessToken: token } = await signUp(nodes.one);
    const stranger = await SocketClient.connect(nodes.two.address, { token });
    sockets.push(stranger);
    const refused = await stranger.send('presence:list', { workspaceId });
    expect(refused).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(await present(machine)).toEqual([owner.id]);
    expect([stranger.heard, moves(watching)]).toEqual([[], []]);
  });

  it('come back to what they knew when the connection of a node was cut', async () => {
    const watching = await connect(nodes.one, owner.accessToken);
    await connect(nodes.two, member.accessToken);
    await eventually(() => expect(moves(watching)).toEqual(['member joined']));
    await nodes.one.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'atrium-node'`,
    );
    await eventually(async () => {
      await rename(`Name ${Date.now()}`, nodes.two);
      expect(names(watching).length).toBeGreaterThan(0);
    });
    await eventually(async () => expect(await present(watching)).toEqual([owner.id, member.id].sort()));
  });

  it('forget who was connected to one that stops', async () => {
    const watching = await connect(nodes.one, owner.accessToken);
    await connect(nodes.two, member.accessToken);
    await eventually(() => expect(moves(watching)).toEqual(['member joined']));
    await nodes.two.platform.stop();
    await eventually(() => expect(moves(watching)).toEqual(['member joined', 'member left']));
    expect(await nodes.one.query('SELECT 1 FROM presences WHERE user_id = $1', [member.id])).toEqual([]);
  });
}

describe('Two nodes without Redis', () => {
  behaveAsOne(async () => ({ REDIS_URL: '' }));
});

describeWithRedis('Two nodes with Redis', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;

  behaveAsOne(async () => {
    redis = await startRedis();
    return { REDIS_URL: redis.url };
  });

  afterAll(() => redis.stop());
});
