import { eventually } from '../support/eventually';
import { addMember, anAddress, makeWorkspace, type Person, signUp } from '../support/people';
import { describeWithRedisServer, RedisServer } from '../support/redisServer';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';
import { startTwoNodes, type TwoNodes } from '../support/twoNodes';

describeWithRedisServer('Two nodes behind one Redis', () => {
  let redis: RedisServer;
  let nodes: TwoNodes;
  let one: TestPlatform;
  let two: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let sockets: SocketClient[];

  const connect = async (node: TestPlatform, { accessToken: token }: Person): Promise<SocketClient> => {
    const socket = await SocketClient.connect(node.address, { token, workspaceId });
    sockets.push(socket);
    return socket;
  };

  const readiness = async (node: TestPlatform): Promise<object> => {
    const answer = await fetch(`${node.address}/readyz`);
    const { status } = (await answer.json()) as { status: string };
    return { code: answer.status, status };
  };

  /** Lets people join until one joining is told to the witness alone; whoever may still listen hears them all. */
  const expectSilence = (socket: SocketClient, witness: SocketClient): Promise<void> =>
    eventually(async () => {
      const [told, untold] = [witness, socket].map((each) => each.told('workspace:member:joined').length);
      await addMember(one, owner, workspaceId);
      await eventually(() => expect(witness.told('workspace:member:joined').length).not.toBe(told));
      expect(socket.told('workspace:member:joined')).toHaveLength(untold ?? 0);
    });

  beforeAll(async () => {
    redis = await RedisServer.start();
    nodes = await startTwoNodes({ REDIS_URL: redis.url });
    ({ one, two } = nodes);
  });

  afterAll(async () => {
    await nodes.stop();
    await redis.stop();
  });

  beforeEach(async () => {
    sockets = [];
    owner = await signUp(one);
    workspaceId = await makeWorkspace(owner);
  });

  afterEach(() => {
    for (const socket of sockets) socket.disconnect();
  });

  it('let a member on one node hear what happens on the other, once', async () => {
    const here = await connect(one, owner);
    const there = await connect(two, owner);
    const member = await addMember(one, owner, workspaceId);
    const joined = expect.objectContaining({ userId: member.id, workspaceId, type: 'workspace.member-joined' });
    await eventually(() => expect(there.told('workspace:member:joined')).toEqual([joined]));
    expect(here.told('workspace:member:joined')).toEqual([joined]);
  });

  it('go on when another one stops: nobody’s connection ends but its own', async () => {
    const third = await TestPlatform.start({
      environment: { REDIS_URL: redis.url },
      database: one.database,
    });
    const [here, there] = [await connect(one, owner), await connect(third, owner)];
    await third.stop();
    await eventually(() => expect(there.connected).toBe(false));
    const member = await addMember(one, owner, workspaceId);
    const joined = expect.objectContaining({ userId: member.id });
    await eventually(() => expect(here.told('workspace:member:joined')).toEqual([joined]));
  });

  it('take a removed member out of the room wherever the removal was asked for', async () => {
    const member = await addMember(one, owner, workspaceId);
    const socket = await connect(two, member);
    const witness = await connect(two, owner);
    await owner.api.delete(`/workspaces/${workspaceId}/members/${member.id}`);
    await expectSilence(socket, witness);
    expect(socket.connected).toBe(true);
  });

  describe('Fault 6: when it is killed in the middle', () => {
    let member: Person;

    beforeEach(async () => {
      member = await addMember(one, owner, workspaceId);
      await redis.stop();
    });

    afterEach(async () => {
      await redis.start();
      for (const node of [one, two]) {
        await eventually(async () => expect(await readiness(node)).toEqual({ code: 200, status: 'ready' }));
      }
    });

    it('fail no request, and say that they are degraded', async () => {
      const writes = Array.from({ length: 10 }, () =>
        owner.api.post(`/workspaces/${workspaceId}/members/invite`, { email: anAddress(), role: 'viewer' }),
      );
      const reads = [one, two].flatMap((node) =>
        Array.from({ length: 10 }, () => node.api.as(member.accessToken, workspaceId).get('/users')),
      );
      const statuses = (await Promise.all([...writes, ...reads])).map(({ status }) => status);
      expect(statuses).toEqual([...writes.map(() => 201), ...reads.map(() => 200)]);
      for (const node of [one, two]) {
        await eventually(async () => expect(await readiness(node)).toEqual({ code: 200, status: 'degraded' }));
      }
    });

    it('close a room to a removed member all the same, and the sockets of an ended session', async () => {
      const removed = await connect(one, member);
      const witness = await connect(one, owner);
      await owner.api.delete(`/workspaces/${workspaceId}/members/${member.id}`);
      await expectSilence(removed, witness);
      await member.api.post('/auth/logout');
      await eventually(() => expect(removed.connected).toBe(false));
    });
  });
});
