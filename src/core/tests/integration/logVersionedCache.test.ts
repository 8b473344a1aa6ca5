import { Client } from 'pg';
import { logSettled } from '../../../../tests/support/logSettled';
import { makeWorkspace, type Person, signUp } from '../../../../tests/support/people';
import { TestPlatform } from '../../../../tests/support/testPlatform';
import type { Cache } from '../../application/Cache';
import type { CacheOutcome } from '../../application/Metrics';
import { newId, type WorkspaceId } from '../../domain/Id';
import { LogVersionedCache } from '../../infrastructure/cache/LogVersionedCache';
import type { PrometheusMetrics } from '../../infrastructure/metrics/PrometheusMetrics';

describe('The cache of a workspace', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: WorkspaceId;
  let cache: LogVersionedCache;
  let outcomes: CacheOutcome[];
  let looks: number;

  /** Each look answers another number. */
  const look = async (): Promise<number> => {
    looks += 1;
    return looks;
  };
  const ask = (question: unknown = 'how many', topic = 'tests', of = workspaceId): Promise<number> =>
    cache.answer(topic, of, question, look);
  const change = async (name: string): Promise<void> => {
    await owner.api.put(`/workspaces/${workspaceId}`, { name });
  };

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
  });

  beforeEach(async () => {
    workspaceId = (await makeWorkspace(owner)) as WorkspaceId;
    await logSettled(platform);
    looks = 0;
    outcomes = [];
    const metrics: Pick<PrometheusMetrics, 'cacheAsked'> = {
      cacheAsked: (_topic, outcome) => void outcomes.push(outcome),
    };
    const { container } = platform.platform;
    const kept = container.get<Cache>('cache');
    cache = new LogVersionedCache(container.get('unitOfWork'), kept, metrics as PrometheusMetrics);
  });

  afterAll(() => platform.stop());

  it('looks once, until something happens in the workspace', async () => {
    expect([await ask(), await ask(), await ask()]).toEqual([1, 1, 1]);
    await change('Another');
    await logSettled(platform);
    expect([await ask(), await ask()]).toEqual([2, 2]);
    expect(outcomes).toEqual(['miss', 'hit', 'hit', 'miss', 'hit']);
  });

  it('keeps on answering when something happens elsewhere', async () => {
    await ask();
    await makeWorkspace(owner);
    expect(await ask()).toBe(1);
    expect(outcomes).toEqual(['miss', 'hit']);
  });

  it('keeps workspaces, topics and questions apart', async () => {
    const other = (await makeWorkspace(owner)) as WorkspaceId;
    await logSettled(platform);
    const answers = [
      await ask(),
      await ask('why'),
      await ask('how many', 'others'),
      await ask('how many', 'tests', other),
    ];
    expect(answers).toEqual([1, 2, 3, 4]);
    expect(await ask()).toBe(1);
  });

  it('looks once for many who ask at the same time', async () => {
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => ask())))).toEqual(new Set([1]));
  });

  it('keeps no failure', async () => {
    const fails = () => cache.answer('tests', workspaceId, 'how many', () => Promise.reject(new Error('away')));
    await expect(fails()).rejects.toThrow('away');
    expect(await ask()).toBe(1);
  });

  it('keeps nothing about a workspace in which nothing ever happened', async () => {
    const none = newId<WorkspaceId>();
    expect([await ask(1, 'tests', none), await ask(1, 'tests', none)]).toEqual([1, 2]);
  });

  it('keeps nothing while an older transaction is open, which may still commit below the end of the log', async () => {
    const client = new Client({ connectionString: platform.database.adminUrl });
    await client.connect();
    try {
      await client.query('BEGIN');
      await client.query(
        `INSERT INTO events (id, workspace_id, type, occurred_at, facts) VALUES ($1, $2, 'test.happened', now(), '{}')`,
        [newId(), workspaceId],
      );
      await change('In between');
      expect([await ask(), await ask()]).toEqual([1, 2]);
      await client.query('COMMIT');
      await logSettled(platform);
      expect([await ask(), await ask()]).toEqual([3, 3]);
      expect(outcomes).toEqual(['unsettled', 'unsettled', 'miss', 'hit']);
    } finally {
      await client.end();
    }
  });
});
