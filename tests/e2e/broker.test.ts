import type { GetMessage } from 'amqplib';
import type { TransactionalEventBus } from '../../src/core/infrastructure/events/TransactionalEventBus';
import type { ApiAnswer } from '../support/ApiClient';
import { capturedLog } from '../support/capturedLog';
import { eventually } from '../support/eventually';
import { jobsDone } from '../support/jobsDone';
import { addMember, makeWorkspace, type Person, signUp } from '../support/people';
import { BROKER_PASSWORD, describeWithRabbitServer, RabbitServer } from '../support/RabbitServer';
import { TestPlatform } from '../support/testPlatform';
import { hurry, rename } from '../support/webhooks';

const HANDLER = 'core.publish-on-public-event';
const STARTS = 180_000;

const bodyOf = ({ content }: GetMessage): ApiAnswer['body'] => JSON.parse(content.toString());

/** Why the jobs for the broker failed so far, once those of so many events have. */
function failedJobs(platform: TestPlatform, events: readonly unknown[]): Promise<unknown[]> {
  return eventually(async () => {
    const rows = await platform.query<{ last_error: string }>(
      `SELECT last_error FROM graphile_worker._private_jobs WHERE key LIKE '${HANDLER}:%' AND last_error IS NOT NULL`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(events.length);
    return rows.map(({ last_error: error }) => error);
  });
}

it('Without a message broker no event costs a job for one', async () => {
  const platform = await TestPlatform.start();
  const tasks = platform.platform.container.get<TransactionalEventBus>('eventBus').durableTasks();
  expect(tasks.map(({ name }) => name)).not.toContain(HANDLER);
  const { checks } = (await (await fetch(`${platform.address}/readyz`)).json()) as { checks: object };
  expect(Object.keys(checks)).not.toContain('broker');
  await platform.stop();
});

describeWithRabbitServer('A message broker', () => {
  const log = capturedLog('production');
  let broker: RabbitServer;
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;

  const readiness = async (): Promise<{ code: number; status: string; broker: string }> => {
    const answer = await fetch(`${platform.address}/readyz`);
    const { status, checks } = (await answer.json()) as ApiAnswer['body'];
    return { code: answer.status, status, broker: checks.broker.condition };
  };

  const becomes = (status: 'ready' | 'degraded') =>
    eventually(
      async () =>
        expect(await readiness()).toEqual({ code: 200, status, broker: status === 'ready' ? 'up' : 'degraded' }),
      { within: 30_000 },
    );

  /** What the workspace's stream by pull tells. */
  const events = async (): Promise<ApiAnswer['body'][]> => {
    const { body } = await owner.api.get('/events?limit=100', { 'X-Workspace-Id': workspaceId });
    return body.data;
  };

  /** Everything that the queue was given by the time all jobs were done, whatever waits they had before them. */
  async function received(queue: string): Promise<GetMessage[]> {
    await eventually(
      async () => {
        await hurry(platform, HANDLER);
        expect(
          await platform.query(`SELECT 1 FROM graphile_worker._private_jobs WHERE key LIKE '${HANDLER}:%'`),
        ).toEqual([]);
      },
      { within: 30_000 },
    );
    return broker.drain(queue);
  }

  const idsOf = (messages: readonly GetMessage[]): unknown[] =>
    [...new Set(messages.map(({ properties }) => properties.messageId as string))].sort();

  beforeAll(async () => {
    // It is not there yet.
    broker = await RabbitServer.prepare();
    platform = await TestPlatform.start({ environment: { EVENT_BROKER_URL: broker.url }, logger: log.logger });
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
  }, STARTS);

  afterAll(async () => {
    await platform.stop();
    await broker.remove();
  });

  it(
    'absent at the start fails nothing, and is told everything when it comes',
    async () => {
      await rename(owner, workspaceId, 'Before the broker');
      const failed = await failedJobs(platform, await events());
      expect(new Set(failed)).toEqual(new Set(['The message broker can not be reached.']));
      await becomes('degraded');

      await broker.start();
      await broker.bind('everything', '#');
      await becomes('ready');
      const messages = await received('everything');
      expect(idsOf(messages)).toEqual((await events()).map(({ id }) => id as string).sort());
      expect(messages.map(bodyOf)).toContainEqual(expect.objectContaining({ workspaceId, type: 'workspace.updated' }));
    },
    STARTS,
  );

  it('tells each queue what it is bound for, as the stream by pull tells it', async () => {
    await broker.bind('members', 'workspace.member-joined');
    await broker.bind('workspaces', 'workspace.*');
    await rename(owner, workspaceId, 'Told');
    const member = await addMember(platform, owner, workspaceId);
    const [joined, ...others] = await received('members');
    expect(others).toEqual([]);
    const stream = await events();
    const event = stream.find(({ type, userId }) => type === 'workspace.member-joined' && userId === member.id);
    expect(event).toMatchObject({ workspaceId, cursor: expect.any(String) });
    expect(joined && bodyOf(joined)).toEqual(event);
    expect(joined?.fields).toMatchObject({ exchange: 'atrium.events', routingKey: 'workspace.member-joined' });
    expect(joined?.properties).toMatchObject({
      messageId: event.id,
      type: 'workspace.member-joined',
      deliveryMode: 2,
      contentType: 'application/json',
      timestamp: Math.floor(Date.parse(event.occurredAt) / 1000),
      headers: { 'workspace-id': workspaceId },
    });
    const all = await received('everything');
    const told = await received('workspaces');
    expect(idsOf(all)).toEqual(expect.arrayContaining(idsOf(told)));
    expect(told.map((each) => each.fields.routingKey).sort()).toEqual(['workspace.member-joined', 'workspace.updated']);
    // Nothing that is nobody's business outside, such as somebody's account.
    expect(idsOf(all)).toEqual(
      stream
        .slice(-all.length)
        .map(({ id }) => id as string)
        .sort(),
    );
  });

  it(
    'killed in the middle and back has been told everything, and kept what it had',
    async () => {
      await received('everything');
      const before = new Set((await events()).map(({ id }) => id));
      const names = Array.from({ length: 20 }, (_, number) => `Name ${number}`);
      for (const [index, name] of names.entries()) {
        await rename(owner, workspaceId, name);
        if (index === 9) void broker.kill();
      }
      await becomes('degraded');
      await rename(owner, workspaceId, 'After the crash');

      await broker.start();
      await becomes('ready');
      const since = (await events()).filter(({ id }) => !before.has(id)).map(({ id }) => id as string);
      expect(since).toHaveLength(21);
      expect(idsOf(await received('everything'))).toEqual(since.sort());
    },
    STARTS,
  );

  it('never has its credentials told, not even when it refuses them', async () => {
    const url = broker.url.replace(BROKER_PASSWORD, `wrong-${BROKER_PASSWORD}`);
    const other = await TestPlatform.start({ environment: { EVENT_BROKER_URL: url }, logger: log.logger });
    await eventually(() => expect(log.text()).toContain('ACCESS_REFUSED'));
    const someone = await signUp(other);
    await rename(someone, await makeWorkspace(someone), 'Refused');
    const errors = await failedJobs(other, [1]);
    await other.stop();
    await jobsDone(platform);
    expect(log.text()).toContain('The message broker can not be reached');
    expect(log.text() + errors.join()).not.toContain(BROKER_PASSWORD);
  });
});
