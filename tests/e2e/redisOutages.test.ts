import type { ApiAnswer } from '../support/ApiClient';
import { eventually } from '../support/eventually';
import { WINDOW } from '../support/expectLimited';
import { addMember, anAddress, makeWorkspace, type Person, register, signUp } from '../support/people';
import { describeWithRedisServer, RedisServer } from '../support/redisServer';
import { SocketClient } from '../support/SocketClient';
import type { TestPlatform } from '../support/testPlatform';
import { startTwoNodes, type TwoNodes } from '../support/twoNodes';

const LIMIT = 60;

interface Outage {
  readonly from: 'the start' | 'the middle';
  readonly begin: (redis: RedisServer) => Promise<void> | void;
  readonly end: (redis: RedisServer) => Promise<void> | void;
}

const gone = { begin: (redis: RedisServer) => redis.stop(), end: (redis: RedisServer) => redis.start() };
const OUTAGES: Record<string, Outage> = {
  'absent at the start': { from: 'the start', ...gone },
  'killed in the middle': { from: 'the middle', ...gone },
  'slower than anybody waits, in the middle': {
    from: 'the middle',
    begin: (redis) => redis.pause(),
    end: (redis) => redis.resume(),
  },
};

describeWithRedisServer('Fault 6: Redis', () => {
  describe.each(Object.entries(OUTAGES))('%s', (_, { from, begin, end }) => {
    let redis: RedisServer;
    let nodes: TwoNodes;
    let one: TestPlatform;
    let two: TestPlatform;
    let owner: Person;
    let workspaceId: string;
    let there: SocketClient;
    /** Who had made so many requests before. */
    let counted: Person;
    let before = 0;

    const becomes = async (status: 'ready' | 'degraded'): Promise<void> => {
      for (const node of [one, two]) {
        await eventually(async () => {
          const answer = await fetch(`${node.address}/readyz`);
          const body = (await answer.json()) as ApiAnswer['body'];
          const condition = status === 'ready' ? 'up' : 'degraded';
          expect([answer.status, body.status, body.checks.redis.condition]).toEqual([200, status, condition]);
        });
      }
    };

    /** How many of so many requests at once were let through. */
    const allowed = async ({ api }: Person, requests: number): Promise<number> => {
      const answers = await Promise.all(Array.from({ length: requests }, () => api.get('/users/me')));
      expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 429)).toEqual([]);
      return answers.filter(({ status }) => status === 200).length;
    };

    const joinedAreHeard = async (): Promise<void> => {
      const member = await addMember(one, owner, workspaceId);
      const ids = () => there.told('workspace:member:joined').map(({ userId }) => userId);
      await eventually(() => expect(ids()).toContain(member.id));
      expect(ids().filter((id) => id === member.id)).toHaveLength(1);
    };

    beforeAll(async () => {
      redis = await RedisServer.start();
      if (from === 'the start') await begin(redis);
      nodes = await startTwoNodes({ ...WINDOW, REDIS_URL: redis.url, RATE_LIMIT_USER_MAX_REQUESTS: String(LIMIT) });
      ({ one, two } = nodes);
      owner = await signUp(one);
      workspaceId = await makeWorkspace(owner);
      there = await SocketClient.connect(two.address, { token: owner.accessToken, workspaceId });
      counted = await register(one);
      if (from === 'the middle') {
        await becomes('ready');
        before = await allowed(counted, 20);
        await begin(redis);
      }
    });

    afterAll(async () => {
      there.disconnect();
      await nodes.stop();
      await redis.stop();
    });

    it('fails no write, and the nodes say that they are degraded', async () => {
      const invitations = Array.from({ length: 10 }, () =>
        owner.api.post(`/workspaces/${workspaceId}/members/invite`, { email: anAddress(), role: 'viewer' }),
      );
      expect((await Promise.all(invitations)).map(({ status }) => status)).toEqual(invitations.map(() => 201));
      await becomes('degraded');
    });

    it('gives nobody a second allowance', async () => {
      expect(before + (await allowed(counted, LIMIT + 20))).toBe(LIMIT);
    });

    it('keeps nobody from hearing what happens on another node', joinedAreHeard);

    it('is used again when it is back, and sockets hear across nodes as before', async () => {
      await end(redis);
      await becomes('ready');
      await joinedAreHeard();
      expect(there.connected).toBe(true);
      expect(await allowed(counted, 5)).toBe(0);
    });
  });
});
