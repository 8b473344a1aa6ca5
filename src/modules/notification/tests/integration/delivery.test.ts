import { expectInvalid } from '../../../../../tests/support/expectProblem';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import { modulesWithLocalPush } from '../../../../../tests/support/localPush';
import { noteModule } from '../../../../../tests/support/noteModule';
import {
  changeRoles,
  notificationJobs,
  notificationMails,
  prefer,
  runJob,
} from '../../../../../tests/support/notifications';
import { addMember, type Person } from '../../../../../tests/support/people';
import { PushBrowser } from '../../../../../tests/support/PushBrowser';
import { PushService } from '../../../../../tests/support/PushService';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';
import type { EventHandler, LoggedEvent } from '../../../../core/application/EventBus';
import type { UserId } from '../../../../core/domain/Id';
import type { NotificationKind } from '../../../../core/domain/NotificationKind';
import type { EventLog } from '../../../../core/infrastructure/events/EventLog';
import type { Notifications } from '../..';

/** A kind that another module contributes. */
const noted: NotificationKind = {
  key: 'noted',
  description: 'Somebody writes a note about you',
  title: '{actor} has noted “{note}”',
  path: '/notes/{note}',
  permission: 'roles.create',
  byDefault: { inApp: true, email: 'off', push: false },
};

describe('A notification', () => {
  let platform: TestPlatform;
  let pushService: PushService;
  let owner: Person;
  let member: Person;
  let workspaceId: string;

  beforeAll(async () => {
    pushService = await PushService.start();
  });

  eachInNewWorkspace(
    (its) => {
      ({ platform, owner, workspaceId } = its);
    },
    { modules: [...modulesWithLocalPush, noteModule({ notificationKinds: [noted] })] },
  );

  beforeEach(async () => {
    member = await addMember(platform, owner, workspaceId);
    await jobsDone(platform);
  });

  afterAll(() => pushService.stop());

  /** An event as a handler is given it that has not seen it yet. */
  async function logged(id: string): Promise<LoggedEvent> {
    const event = await platform.service<EventLog>('eventLog').findFor('test', id);
    if (!event) throw new Error(`The event ${id} is handled.`);
    return event;
  }

  describe('by Web Push', () => {
    const subscribe = (person: Person, path: string, browser = new PushBrowser()) =>
      person.api.post('/notifications/push-subscriptions', browser.subscription(pushService.endpoint(path)));
    const sentTo = (path: string) => pushService.messages.filter((message) => message.path === path);

    it('reaches the person’s browsers, which alone can read it', async () => {
      const { body } = await member.api.get('/notifications/push-key');
      const browser = new PushBrowser();
      expect((await subscribe(member, '/ada', browser)).status).toBe(204);
      await changeRoles(platform, owner, workspaceId, member, 'admin');
      const [message, ...more] = sentTo('/ada');
      expect(more).toEqual([]);
      const [row] = await notificationJobs(platform, member);
      expect(browser.read(message?.body ?? Buffer.alloc(0))).toEqual({
        id: row?.id,
        kind: 'role-changed',
        title: 'Ada Lovelace has changed your roles in Analytical Engines to admin',
        path: `/workspaces/${workspaceId}`,
        workspaceId,
      });
      expect(message?.headers.authorization).toContain(`k=${body.data.publicKey}`);
      expect(message?.headers.ttl).toBe('86400');
      await runJob(platform, 'pushNotification', { ...row });
      expect(sentTo('/ada')).toHaveLength(1);
    });

    it.each([404, 410])('forgets a browser that is gone with %i', async (status) => {
      const path = `/gone/${status}`;
      pushService.answer(path, status);
      await subscribe(member, path);
      await changeRoles(platform, owner, workspaceId, member, 'admin');
      await changeRoles(platform, owner, workspaceId, member, 'viewer');
      expect(sentTo(path)).toHaveLength(1);
    });

    it('is tried again when the service fails, and follows no redirect', async () => {
      await subscribe(member, '/fails');
      await changeRoles(platform, owner, workspaceId, member, 'admin');
      const [row] = await notificationJobs(platform, member);
      await platform.query('UPDATE notifications SET pushed_at = NULL WHERE id = $1', [row?.id]);
      for (const status of [500, 307]) {
        pushService.answer('/fails', status);
        await expect(runJob(platform, 'pushNotification', { ...row })).rejects.toThrow(`answered ${status}`);
      }
      pushService.answer('/fails', 201);
      await runJob(platform, 'pushNotification', { ...row });
      expect(sentTo('/fails')).toHaveLength(4);
    });

    it('goes to who subscribed last with a browser, and to nobody who has unsubscribed', async () => {
      const browser = new PushBrowser();
      await subscribe(owner, '/shared', browser);
      await subscribe(member, '/shared', browser);
      const endpoint = pushService.endpoint('/shared');
      await owner.api.delete('/notifications/push-subscriptions', { endpoint });
      await changeRoles(platform, owner, workspaceId, member, 'admin');
      expect(sentTo('/shared')).toHaveLength(1);
      await member.api.delete('/notifications/push-subscriptions', { endpoint });
      await changeRoles(platform, owner, workspaceId, member, 'viewer');
      expect(sentTo('/shared')).toHaveLength(1);
    });

    it('refuses keys that are none', async () => {
      const endpoint = pushService.endpoint('/x');
      const { keys } = new PushBrowser().subscription(endpoint) as { keys: object };
      const post = (body: object) => member.api.post('/notifications/push-subscriptions', body);
      expectInvalid(await post({ endpoint, keys: { ...keys, auth: 'short' } }), 'keys.auth');
      expectInvalid(await post({ endpoint, keys: { ...keys, p256dh: 'A'.repeat(87) } }), 'keys.p256dh');
      expectInvalid(await post({ endpoint: endpoint.replace('https', 'http'), keys }), 'endpoint');
    });
  });

  describe('as it is preferred', () => {
    it('is read with what stands by default, and changed one way at a time', async () => {
      const before = (await member.api.get('/notifications/preferences')).body.data.kinds;
      expect(before.map(({ kind }: { kind: string }) => kind)).toEqual([
        ...['invited', 'joined', 'role-changed', 'ownership-offered'],
        ...['assigned', 'due-soon', 'mentioned', 'commented'],
        'webhook-given-up',
        'noted',
      ]);
      const { status, body } = await prefer(
        member,
        { kind: 'joined', email: 'immediate' },
        { kind: 'noted', inApp: false },
      );
      expect(status).toBe(200);
      const find = (kind: string) => body.data.kinds.find((each: { kind: string }) => each.kind === kind);
      expect(find('joined')).toMatchObject({ inApp: true, email: 'immediate', push: false });
      expect(find('noted')).toMatchObject({ inApp: false, email: 'off', push: false });
      expect((await owner.api.get('/notifications/preferences')).body.data.kinds).toEqual(before);
    });

    it('refuses kinds that are none, and a second mail', async () => {
      expectInvalid(await prefer(member, { kind: 'nothing', push: true }), 'kinds.0.kind');
      expectInvalid(await prefer(member, { kind: 'invited', email: 'daily' }), 'kinds.0.email');
      expectInvalid(await prefer(member, { kind: 'joined', email: 'weekly' }), 'kinds.0.email');
      expectInvalid(await prefer(member), 'kinds');
    });

    it('on no way at all is not made', async () => {
      await prefer(member, { kind: 'role-changed', inApp: false, email: 'off', push: false });
      await changeRoles(platform, owner, workspaceId, member, 'admin');
      expect(await notificationJobs(platform, member)).toEqual([]);
    });
  });

  it('of an event is made once for each person, however often and in whatever order its handlers run', async () => {
    await changeRoles(platform, owner, workspaceId, member, 'admin');
    await addMember(platform, owner, workspaceId, { name: 'Grace Hopper' });
    await jobsDone(platform);
    const state = () =>
      platform.query(`SELECT n.* FROM notifications AS n WHERE workspace_id = $1 ORDER BY id`, [workspaceId]);
    const before = await state();
    const events = await platform.query<{ id: string; type: string }>(
      'SELECT id, type FROM events WHERE workspace_id = $1 ORDER BY md5(id::text)',
      [workspaceId],
    );
    const names = ['notifyInvitedOnMemberInvited', 'notifyManagersOnMemberJoined', 'notifyMemberOnRolesChanged'];
    const handlers = [...names, 'withdrawInvitedOnMemberJoined'].map((name) => platform.service<EventHandler>(name));
    for (const { id, type } of [...events, ...events, ...events]) {
      const event = await logged(id);
      for (const handler of handlers.filter(({ on = [] }) => [on].flat().some(({ name }) => name === type)))
        await handler.handle(event);
    }
    await jobsDone(platform);
    expect(await state()).toEqual(before);
    expect(before).toHaveLength(4);
    expect(await notificationMails(platform, member)).toHaveLength(1);
  });

  it('is of a kind that another module contributes: for who holds its permission, and once for several notices', async () => {
    const admin = await addMember(platform, owner, workspaceId, { role: 'admin', name: 'Grace Hopper' });
    await jobsDone(platform);
    const [joining] = await platform.query<{ id: string }>(
      `SELECT id FROM events WHERE workspace_id = $1 AND type = 'workspace.created'`,
      [workspaceId],
    );
    const event = await logged(joining?.id ?? '');
    const to = [admin.id, member.id, owner.id] as UserId[];
    await platform.service<Notifications>('notifier').notify(event, [
      { kind: noted, to, facts: { note: 'first' } },
      { kind: noted, to: 'everybody', facts: { note: 'second' } },
    ]);
    const titles = async ({ api }: Person) =>
      (await api.get('/notifications')).body.data.map(({ title }: { title: string }) => title);
    expect(await titles(admin)).toEqual(['Ada Lovelace has noted “first”']);
    expect(await titles(member)).toEqual([]);
    expect(await titles(owner)).not.toContain('Ada Lovelace has noted “first”');
  });
});
