import { RecordingLogger } from '../fixtures/RecordingLogger';
import type { ApiAnswer } from '../support/ApiClient';
import { expectLimited, WINDOW } from '../support/expectLimited';
import { failToSignIn, host, OWN_COUNTERS } from '../support/logins';
import { anAddress, PASSWORD, register } from '../support/people';
import { describeWithRedisServer, RedisServer } from '../support/redisServer';
import { TestPlatform } from '../support/testPlatform';
import { startTwoNodes, type TwoNodes } from '../support/twoNodes';

describe('36: 200 logins at once where five are allowed', () => {
  const LIMIT = { ...WINDOW, RATE_LIMIT_AUTH_MAX_REQUESTS: '5', TRUST_PROXY: '1' };

  const attempts = Array.from({ length: 200 }, (_, index) => index);

  /** How many of them were evaluated: whatever is not refused by a limit, be the password right or wrong. */
  const evaluated = (answers: readonly ApiAnswer[]) => answers.filter(({ status }) => status !== 429).length;

  /**
   * What an attacker can vary, on nodes of one platform.
   * @param most that may be evaluated: where a node can't reach the shared counters in time, each counts by itself
   */
  function attacks(nodes: () => readonly TestPlatform[], most = () => 5): void {
    const node = (index: number) => nodes()[index % nodes().length] as TestPlatform;

    const expectFew = (count: number, least = 5) => {
      expect(count).toBeGreaterThanOrEqual(least);
      expect(count).toBeLessThanOrEqual(most());
    };

    it('from one address at 200 accounts', async () => {
      const headers = { 'X-Forwarded-For': '198.51.100.1' };
      const answers = await Promise.all(attempts.map((index) => failToSignIn(node(index), anAddress(), headers)));
      expectFew(evaluated(answers));
      for (const answer of answers.filter(({ status }) => status !== 401)) expectLimited(answer, 'credentials', 5);
    });

    it('from 200 addresses at one account', async () => {
      const email = anAddress();
      const answers = await Promise.all(
        attempts.map((index) => failToSignIn(node(index), email, { 'X-Forwarded-For': host(index) })),
      );
      expectFew(evaluated(answers));
      for (const answer of answers.filter(({ status }) => status !== 401)) expectLimited(answer, 'account', 5);
    });

    it('with the right password', async () => {
      const { email } = await register(node(0));
      const headers = { 'X-Forwarded-For': '198.51.100.2' };
      const answers = await Promise.all(
        attempts.map((index) => node(index).api.post('/auth/login', { email, password: PASSWORD }, headers)),
      );
      const statuses = answers.map(({ status }) => status).filter((status) => status !== 429);
      expect(statuses).toEqual(statuses.map(() => 200));
      expectFew(statuses.length, 1);
    });
  }

  describe('counted in memory', () => {
    let platform: TestPlatform;

    beforeAll(async () => {
      platform = await TestPlatform.start({ environment: { ...LIMIT, ...OWN_COUNTERS } });
    });

    afterAll(() => platform.stop());

    attacks(() => [platform]);
  });

  describeWithRedisServer('counted in Redis', () => {
    let redis: RedisServer;

    beforeAll(async () => {
      redis = await RedisServer.start();
    });

    afterAll(() => redis.stop());

    describe('by two nodes', () => {
      const logger = new RecordingLogger();
      let nodes: TwoNodes;

      beforeAll(async () => {
        nodes = await startTwoNodes({ ...LIMIT, REDIS_URL: redis.url }, logger);
      });

      afterAll(() => nodes.stop());

      const alone = () =>
        logger.messages('warn').some((message) => message.startsWith('Rate limits are counted per node'));
      attacks(
        () => [nodes.one, nodes.two],
        () => (alone() ? 10 : 5),
      );
    });

    it('by one node whose Redis dies while they are under way', async () => {
      const platform = await TestPlatform.start({ environment: { ...LIMIT, REDIS_URL: redis.url } });
      const headers = { 'X-Forwarded-For': '198.51.100.3' };
      const tries = (count: number) => attempts.slice(0, count).map(() => failToSignIn(platform, anAddress(), headers));
      const before = await Promise.all(tries(2));
      const during = tries(100);
      await redis.stop();
      const after = await Promise.all(tries(98));
      expect(evaluated([...before, ...(await Promise.all(during)), ...after])).toBe(5);
      await redis.start();
      expectLimited(await failToSignIn(platform, anAddress(), headers), 'credentials', 5);
      await platform.stop();
    });
  });
});
