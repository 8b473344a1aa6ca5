import { eventually } from '../../../../tests/support/eventually';
import { noteModule } from '../../../../tests/support/noteModule';
import { makeWorkspace, signUp } from '../../../../tests/support/people';
import { modules } from '../../../../tests/support/platformModules';
import { SocketClient } from '../../../../tests/support/SocketClient';
import { TestPlatform } from '../../../../tests/support/testPlatform';
import type { JobQueue, JobTask } from '../../application/JobQueue';
import type { UnitOfWork } from '../../application/UnitOfWork';

const TASK = 'note.measure';

const MeasureJob = class MeasureJob implements JobTask<{ fails: boolean }> {
  readonly name = TASK;

  async run({ fails }: { fails: boolean }): Promise<void> {
    if (fails) throw new Error('It failed.');
  }
};

const start = (environment: NodeJS.ProcessEnv = {}): Promise<TestPlatform> =>
  TestPlatform.start({ environment, modules: [...modules, noteModule({ jobs: [MeasureJob] })] });

/** A figure by its name and labels, each as Prometheus reads it. */
async function scrape({ address }: TestPlatform): Promise<Map<string, number>> {
  const lines = (await (await fetch(`${address}/metrics`)).text()).split('\n');
  const figures = lines.filter((line) => line && !line.startsWith('#'));
  return new Map(figures.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

describe('GET /metrics', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await start();
  });

  afterAll(() => platform.stop());

  const add = (fails: boolean, notBefore?: Date): Promise<void> =>
    platform.platform.container
      .get<UnitOfWork>('unitOfWork')
      .run({}, () =>
        platform.platform.container
          .get<JobQueue>('jobQueue')
          .add(TASK, { fails }, undefined, { ...(notBefore && { notBefore }) }),
      );

  it('counts requests by the pattern of their route, so that no id is in it', async () => {
    const person = await signUp(platform);
    const workspaceId = await makeWorkspace(person);
    await person.api.get(`/workspaces/${workspaceId}`);
    await person.api.get(`/workspaces/${workspaceId}`);
    await platform.api.get(`/workspaces/${workspaceId}`);
    await platform.api.get(`/no-such-route/${workspaceId}`);
    const count = (status: number) =>
      `atrium_http_request_duration_seconds_count{method="GET",route="/workspaces/:id",status="${status}"}`;
    const figures = await eventually(async () => {
      const read = await scrape(platform);
      expect([read.get(count(200)), read.get(count(401))]).toEqual([2, 1]);
      return read;
    });
    const text = [...figures.keys()].join('\n');
    expect(text).not.toMatch(/[\da-f]{8}-[\da-f]{4}/);
    expect(text).not.toContain('no-such-route');
    expect(text).not.toContain('@');
  });

  it('tells jobs by task and state, and how attempts at them ended', async () => {
    await add(false);
    await add(true);
    await add(false, new Date('2999-01-01T00:00:00.000Z'));
    const [dead] = await eventually(async () => {
      const failed = await platform.query<{ id: string }>(
        `SELECT id FROM graphile_worker._private_jobs WHERE last_error = 'It failed.'`,
      );
      expect(failed).toHaveLength(1);
      return failed;
    });
    await platform.query(
      'UPDATE graphile_worker._private_jobs SET attempts = max_attempts - 1, run_at = now() WHERE id = $1',
      [dead?.id],
    );
    const of = (outcome: string) => `atrium_job_attempts_total{task="${TASK}",outcome="${outcome}"}`;
    await eventually(async () => {
      const figures = await scrape(platform);
      expect(['done', 'failed', 'dead'].map((outcome) => figures.get(of(outcome)))).toEqual([1, 1, 1]);
      expect(figures.get(`atrium_job_duration_seconds_count{task="${TASK}"}`)).toBe(3);
    });
    const state = (name: string) => `atrium_jobs{task="${TASK}",state="${name}"}`;
    // Counted at most every five seconds.
    await eventually(async () => {
      const figures = await scrape(platform);
      const counts = ['ready', 'running', 'delayed', 'dead'].map((name) => figures.get(state(name)));
      expect(counts).toEqual([0, 0, 1, 1]);
    });
  });

  it('tells of this process: sockets, connections to the database, and Node.js itself', async () => {
    const { accessToken: token } = await signUp(platform);
    const socket = await SocketClient.connect(platform.address, { token });
    const figures = await scrape(platform);
    expect(figures.get('atrium_sockets')).toBe(1);
    expect(figures.get('atrium_database_connections{state="idle"}')).toBeGreaterThan(0);
    expect(figures.get('atrium_database_connections{state="used"}')).toBeGreaterThanOrEqual(0);
    expect(figures.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
    expect(figures.get('process_resident_memory_bytes')).toBeGreaterThan(0);
    socket.disconnect();
    await eventually(async () => expect((await scrape(platform)).get('atrium_sockets')).toBe(0));
  });

  it('is for Prometheus: its text format, and nothing to keep', async () => {
    const { status, headers } = await fetch(`${platform.address}/metrics`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('GET /metrics with METRICS_TOKEN', () => {
  it('is for those who have it', async () => {
    const token = 'a-token-of-the-tests';
    const platform = await start({ METRICS_TOKEN: token });
    const read = (authorization?: string) =>
      fetch(`${platform.address}/metrics`, { headers: { ...(authorization && { authorization }) } });
    expect((await read(`Bearer ${token}`)).status).toBe(200);
    for (const wrong of [
      undefined,
      'Bearer',
      `Bearer ${token}x`,
      `Bearer ${token.slice(1)}`,
      `Basic ${token}`,
      token,
    ]) {
      const answer = await read(wrong);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(await answer.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    await platform.stop();
  });
});
