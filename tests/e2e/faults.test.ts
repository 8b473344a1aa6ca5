import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { EventBus, EventHandler } from '../../src/core/application/EventBus';
import type { ScheduledJob } from '../../src/core/application/JobQueue';
import type { UnitOfWork } from '../../src/core/application/UnitOfWork';
import type { UserId, WorkspaceId } from '../../src/core/domain/Id';
import { modules } from '../../src/modules';
import { memberJoined } from '../../src/modules/workspace';
import type { TestDatabase } from '../support/databases';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { eventually } from '../support/eventually';
import { fullWorkspace } from '../support/fullWorkspace';
import { invite } from '../support/invitations';
import { jobsDone } from '../support/jobsDone';
import { addMember, anAddress, makeWorkspace, PASSWORD, type Person, signUp } from '../support/people';
import { createRemains, type Remains } from '../support/remains';
import type { ServerProcess } from '../support/ServerProcess';
import { SocketClient } from '../support/SocketClient';
import { startSmtpServer } from '../support/smtpServer';
import { makeProject, makeTask } from '../support/tasks';
import { TestPlatform } from '../support/testPlatform';
import { WebhookReceiver } from '../support/WebhookReceiver';
import { makeWebhook, rename } from '../support/webhooks';

const isReady = (node: ServerProcess): Promise<void> =>
  eventually(async () => expect((await fetch(`${node.address}/readyz`)).status).toBe(200));

/** Events without their audit entry, and the other way round. */
const unpaired = (database: TestDatabase): Promise<object[]> =>
  database.query(
    `SELECT id, events.type, audit_entries.action FROM events FULL JOIN audit_entries USING (id)
     WHERE events.type IS DISTINCT FROM audit_entries.action`,
  );

describe('A node that is killed', () => {
  let remains: Remains;

  beforeEach(async () => {
    remains = await createRemains();
  });

  afterEach(() => remains.remove());

  it('Fault 1: loses no write that it acknowledged, and leaves none by half: rows, events and audit agree', async () => {
    const acknowledged: string[] = [];
    let node = await remains.start();
    const owner = await signUp(node);

    /** Makes workspaces, one after the other, until nobody answers. */
    async function write(writer: string): Promise<void> {
      const api = node.api.as(owner.accessToken);
      for (let number = 0; ; number += 1) {
        const answer = await api.post('/workspaces', { name: `Workspace ${writer} ${number}` }).catch(() => null);
        if (!answer) return;
        expect(answer.status).toBe(201);
        acknowledged.push(answer.body.data.id);
      }
    }

    for (const life of ['first', 'second']) {
      const before = acknowledged.length;
      const writing = Promise.all([1, 2, 3, 4, 5, 6].map((number) => write(`${life} ${number}`)));
      await eventually(() => expect(acknowledged.length).toBeGreaterThan(before + 40));
      await node.kill();
      await writing;
      node = await remains.start();
      await isReady(node);
    }

    const { database } = remains;
    const made = await database.query<{ id: string }>(
      `SELECT id FROM workspaces
       WHERE EXISTS (SELECT FROM members WHERE workspace_id = workspaces.id)
         AND (SELECT count(*) FROM roles WHERE workspace_id = workspaces.id) = 4`,
    );
    const told = await database.query<{ id: string }>(
      `SELECT workspace_id AS id FROM events WHERE type = 'workspace.created'`,
    );
    const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id).sort();
    expect(ids(made)).toEqual(ids(told));
    expect(ids(made)).toEqual(ids(await database.query('SELECT id FROM workspaces')));
    expect(ids(made)).toEqual(expect.arrayContaining(acknowledged));
    expect(await unpaired(database)).toEqual([]);
  });

  /** From now on jobs are added, and nobody takes them: as if the node were killed before. */
  const holdJobs = (): Promise<object[]> =>
    remains.database.query(`
      CREATE FUNCTION hold_job() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.run_at := 'infinity'; RETURN NEW; END $$;
      CREATE TRIGGER hold_job BEFORE INSERT ON graphile_worker._private_jobs
        FOR EACH ROW EXECUTE FUNCTION public.hold_job()`);

  /** Lets them go, one in two as the dead node's worker had it in its hands. */
  const releaseJobs = (): Promise<object[]> =>
    remains.database.query(`
      DROP FUNCTION hold_job() CASCADE;
      UPDATE graphile_worker._private_jobs SET run_at = now();
      UPDATE graphile_worker._private_jobs SET attempts = 1, locked_by = 'worker-of-the-dead', locked_at = now()
      WHERE id % 2 = 0 AND job_queue_id IS NULL`);

  it('Fault 2: leaves what follows its commits to the next one, which does it once', async () => {
    const receiver = await WebhookReceiver.start();
    const environment = { WEBHOOK_ALLOW_PRIVATE: 'true' };
    const first = await remains.start(environment);
    const owner = await signUp(first, { name: 'Ada Lovelace' });
    const workspaceId = await makeWorkspace(owner, 'Engines');
    const member = await addMember(first, owner, workspaceId);
    const leaver = await addMember(first, owner, workspaceId);
    const guest = await signUp(first);
    await makeWebhook(owner, workspaceId, { url: receiver.url, events: ['*'] });
    await jobsDone(remains.database);

    await holdJobs();
    const path = `/workspaces/${workspaceId}`;
    const answers = [
      await owner.api.put(path, { name: 'Looms' }),
      await owner.api.put(`${path}/members/${member.id}/roles`, { roles: ['admin'] }),
      await owner.api.post(`${path}/members/invite`, { email: guest.email, role: 'viewer' }),
      await owner.api.post(`${path}/transfer-ownership`, { userId: member.id }),
      await owner.api.delete(`${path}/members/${leaver.id}`),
      await first.api.post('/auth/forgot-password', { email: owner.email }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 201, 204, 202]);
    await first.kill();
    expect(receiver.received).toEqual([]);
    await releaseJobs();

    const second = await remains.start(environment);
    const subjects = async ({ email }: { email: string }): Promise<string[]> =>
      (await second.mailsTo(email))
        .map(({ subject }) => subject)
        .filter((subject) => !/confirm|invites you to Engines/i.test(subject))
        .sort();
    const effects = async (): Promise<void> => {
      expect(await subjects(owner)).toEqual(['Choose a new password']);
      expect(await subjects(guest)).toEqual(['Ada Lovelace invites you to Looms']);
      expect(await subjects(member)).toEqual([
        'Ada Lovelace has changed your roles in Looms to admin',
        'Ada Lovelace offers you the ownership of Looms',
      ]);
      const told = await remains.database.query(
        `SELECT kind, user_id AS "userId" FROM notifications WHERE kind <> 'joined' ORDER BY kind`,
      );
      expect(told).toEqual([
        { kind: 'invited', userId: guest.id },
        { kind: 'ownership-offered', userId: member.id },
        { kind: 'role-changed', userId: member.id },
      ]);
      const deliveries = await remains.database.query<{ id: string }>(
        `SELECT event_id AS id FROM webhook_deliveries WHERE status = 'delivered' ORDER BY 1`,
      );
      expect(receiver.received.map(({ headers }) => headers['webhook-id']).sort()).toEqual(
        deliveries.map(({ id }) => id),
      );
      const types = receiver.received.map(({ body }) => JSON.parse(body).type).sort();
      expect(types).toEqual(['workspace.member-left', 'workspace.updated']);
    };
    await eventually(effects);
    await jobsDone(remains.database);
    await effects();
    expect(await unpaired(remains.database)).toEqual([]);
    await receiver.stop();
  });

  it('Fault 2: leaves a mail that it was about to send to the next one, too', async () => {
    const connections: Socket[] = [];
    // Accepts, and never says a word.
    const silent = createServer((socket) => connections.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const environment = { EMAIL_SERVICE: 'smtp', SMTP_URL: `smtp://127.0.0.1:${port}` };
    const first = await remains.start(environment);
    const email = anAddress();
    const { status } = await first.api.post('/auth/register', { email, name: 'Ada', password: PASSWORD });
    expect(status).toBe(201);
    await eventually(() => expect(connections.length).toBeGreaterThan(0));
    await first.kill();
    for (const socket of connections) socket.destroy();
    silent.close();
    await once(silent, 'close');

    const smtp = await startSmtpServer(port);
    await remains.start(environment);
    try {
      await eventually(() => expect(smtp.received.map(({ to }) => to)).toEqual([[email]]));
    } finally {
      await smtp.stop();
    }
  });
});

describe('Everything that follows an event', () => {
  let platform: TestPlatform;
  let receiver: WebhookReceiver;
  let owner: Person;
  let workspaceId: string;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    platform = await TestPlatform.start({ environment: { WEBHOOK_ALLOW_PRIVATE: 'true' } });
    owner = await signUp(platform, { name: 'Ada Lovelace' });
    workspaceId = await makeWorkspace(owner, 'Engines');
    await makeWebhook(owner, workspaceId, { url: receiver.url, events: ['*'] });
  });

  afterAll(async () => {
    await platform.stop();
    await receiver.stop();
  });

  const service = <Service>(name: string): Service => platform.platform.container.get<Service>(name);

  it('Fault 3: is undone with it, thousands of times: no event, mail, job, notification, audit entry or frame', async () => {
    const member = await addMember(platform, owner, workspaceId);
    const socket = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
    await jobsDone(platform);
    const before = await databaseSnapshot(platform);
    const [heard, received] = [socket.heard.length, receiver.received.length];
    const [unitOfWork, eventBus] = [service<UnitOfWork>('unitOfWork'), service<EventBus>('eventBus')];
    const context = { workspaceId: workspaceId as WorkspaceId, actorId: owner.id as UserId, at: new Date() };
    const userId = member.id as UserId;
    let left = 10_000;

    async function undo(): Promise<void> {
      while (left > 0) {
        left -= 1;
        const change = unitOfWork.run(context, async () => {
          await eventBus.publish([memberJoined(context, { userId, roles: ['member'] })]);
          throw new Error('undone');
        });
        await expect(change).rejects.toThrow('undone');
      }
    }
    await Promise.all([undo(), undo(), undo(), undo()]);

    expect(await databaseSnapshot(platform)).toEqual(before);
    // What is told after them shows that nothing is still on its way.
    await rename(owner, workspaceId, 'Looms');
    await receiver.heard(received + 1);
    await eventually(() => expect(socket.told('workspace:updated')).toHaveLength(1));
    expect(socket.heard).toHaveLength(heard + 1);
    socket.disconnect();
  });

  /** The durable handlers of all modules. */
  const durable = (): EventHandler[] =>
    platform.platform.container
      .getAll(modules.flatMap(({ handlers }) => handlers))
      .filter(({ delivery }) => delivery === 'durable');

  /** Something of everything that a durable handler follows. */
  async function makeHistory(): Promise<void> {
    await fullWorkspace(platform);
    const [anybody, closing] = [await signUp(platform), await addMember(platform, owner, workspaceId)];
    const path = `/workspaces/${workspaceId}`;
    const [resent, revoked] = [
      await invite(owner, workspaceId, anAddress()),
      await invite(owner, workspaceId, anybody.email),
    ];
    await platform.query(`UPDATE invitations SET sent_at = sent_at - interval '1 hour'`);
    const gone = await makeWorkspace(owner, 'Gone');
    const { id } = await makeWebhook(owner, workspaceId);
    const api = platform.api.as(owner.accessToken, workspaceId);
    const { id: projectId } = await makeProject(api);
    const task = `/tasks/${(await makeTask(api, { projectId })).id}`;
    const comment = await api.post(`${task}/comments`, { body: `@[Closing](${closing.id})` });
    const answers = [
      comment,
      await api.delete(`${task}/comments/${comment.body.data.id}`),
      await api.delete(`/projects/${projectId}`),
      resent,
      await owner.api.post(`${path}/invitations/${resent.body.data.id}/resend`),
      revoked,
      await owner.api.delete(`${path}/invitations/${revoked.body.data.id}`),
      await owner.api.put(`${path}/members/${closing.id}/roles`, { roles: ['viewer'] }),
      await owner.api.delete(`/workspaces/${gone}`),
      await owner.api.put(`/webhooks/${id}`, { enabled: false }, { 'X-Workspace-Id': workspaceId }),
      await owner.api.post('/auth/login', { email: owner.email, password: PASSWORD }),
      await owner.api.post('/auth/forgot-password', { email: owner.email }),
      await closing.api.delete('/users/me', { password: PASSWORD }),
    ];
    for (const { status, body: answer } of answers) if (status >= 400) throw new Error(JSON.stringify(answer));
    await platform.query(`UPDATE workspaces SET deleted_at = now() - interval '31 days' WHERE deleted_at IS NOT NULL`);
    await service<ScheduledJob>('purgeDeletedWorkspaces').run({});
    await jobsDone(platform);
  }

  /** Adds the jobs of these handlers once more for every event in the log, three times each, in no order. */
  async function replay(handlers: readonly EventHandler[]): Promise<Set<string>> {
    const pairs = handlers.flatMap(({ name, on = [] }) => [on].flat().map((kind) => ({ name, type: kind.name })));
    const added = await platform.query<{ task: string }>(
      `SELECT task, graphile_worker.add_job(task, json_build_object('eventId', id)) FROM (
         SELECT pairs.task, events.id FROM unnest($1::text[], $2::text[]) AS pairs (task, type)
         JOIN events USING (type) CROSS JOIN generate_series(1, 3) ORDER BY random()
       ) AS shuffled`,
      [pairs.map(({ name }) => name), pairs.map(({ type }) => type)],
    );
    await jobsDone(platform);
    return new Set(added.map(({ task }) => task));
  }

  it('Fault 8: is done once, though every event comes three times more and in no order', async () => {
    await makeHistory();
    const handlers = durable();
    // That a job of no concern to its handler is done is noted, too.
    const state = async () => ({ ...(await databaseSnapshot(platform)), 'public.handled_events': '' });
    const before = await state();
    const received = receiver.received.length;
    expect(await replay(handlers)).toEqual(new Set(handlers.map(({ name }) => name)));
    expect(await state()).toEqual(before);

    // All but mails leave the same behind even where nobody has noted that they are done.
    await platform.query('TRUNCATE handled_events');
    await replay(handlers.filter(({ name }) => !name.includes('.mail-')));
    expect(await state()).toEqual(before);
    expect(receiver.received).toHaveLength(received);
  });
});
