import { FakeClock } from '../../../../../tests/fixtures/FakeClock';
import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { expectInvalid } from '../../../../../tests/support/expectProblem';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import { modulesWithLocalPush } from '../../../../../tests/support/localPush';
import { noteModule } from '../../../../../tests/support/noteModule';
import { addMember, makeWorkspace, type Person, register, signUp } from '../../../../../tests/support/people';
import { PushBrowser } from '../../../../../tests/support/PushBrowser';
import { PushService } from '../../../../../tests/support/PushService';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import type { EventHandler, LoggedEvent } from '../../../../core/application/EventBus';
import type { Mailer } from '../../../../core/application/Mailer';
import type { JobTask } from '../../../../core/application/JobQueue';
import type { UserId } from '../../../../core/domain/Id';
import type { NotificationKind } from '../../../../core/domain/NotificationKind';
import type { Notifications } from '../..';
import { MailDigest } from '../../application/MailDigest';

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
    platform = await TestPlatform.start({
      modules: [...modulesWithLocalPush, noteModule({ notificationKinds: [noted] })],
    });
  });

  afterAll(async () => {
    await platform.stop();
    await pushService.stop();
  });

  beforeEach(async () => {
    owner = await signUp(platform, { name: 'Ada Lovelace' });
    workspaceId = await makeWorkspace(owner, 'Analytical Engines');
    member = await addMember(platform, owner, workspaceId);
    await jobsDone(platform);
  });

  const service = <Service>(name: string): Service => platform.platform.container.get<Service>(name);
  const prefer = async ({ api }: Person, ...kinds: object[]): Promise<ApiAnswer> =>
    api.put('/notifications/preferences', { kinds });

  async function setRoles(person: Person, ...roles: string[]): Promise<void> {
    const path = `/workspaces/${workspaceId}/members/${person.id}/roles`;
    expect((await owner.api.put(path, { roles })).status).toBe(200);
    await jobsDone(platform);
  }

  const mails = async ({ email }: Person) =>
    (await platform.mailsTo(email)).filter(({ text }) => text.includes('preferences of your notifications'));

  const rows = (person: Person) =>
    platform.query<{ id: string; workspaceId: string; kind: string }>(
      `SELECT id, workspace_id AS "workspaceId", kind FROM notifications WHERE user_id = $1 ORDER BY created_at`,
      [person.id],
    );

  async function runJob(name: string, payload: object): Promise<void> {
    await service<JobTask>(name).run(payload);
  }

  /** Does what the job does for the owner at another time, or with another mailer. */
  const mailDigest = (clock: FakeClock, mailer = service<Mailer>('mailer')): Promise<void> =>
    new MailDigest(
      service('notificationQueries'),
      service('notificationKinds'),
      service('notifications'),
      service('delivery'),
      mailer,
      service('unitOfWork'),
      clock,
      'https://app.example.com',
    ).run({ userId: owner.id as UserId });

  describe('by mail', () => {
    it('goes out at once, in text and HTML, with a link, and names made harmless', async () => {
      await owner.api.put(`/workspaces/${workspaceId}`, { name: 'Win at evil.test/now' });
      await setRoles(member, 'admin');
      const [mail, ...more] = await mails(member);
      expect(more).toEqual([]);
      expect(mail?.subject).toBe('Ada Lovelace has changed your roles in Win at evil.\u200atest/\u200anow to admin');
      expect(mail?.html).toContain('<html');
      expect(mail?.links).toContain(`http://localhost:3000/workspaces/${workspaceId}`);
    });

    it('goes out once, however often its job runs', async () => {
      await setRoles(member, 'admin');
      const [row] = await rows(member);
      await runJob('mailNotification', { ...row });
      expect(await mails(member)).toHaveLength(1);
    });

    it('does not go out to who has said so, was removed meanwhile, is suspended, or has not proved the address', async () => {
      await prefer(member, { kind: 'role-changed', email: 'off' });
      await setRoles(member, 'admin');
      const again = async () => {
        const [row] = await rows(member);
        await platform.query('UPDATE notifications SET mailed_at = NULL WHERE id = $1', [row?.id]);
        await runJob('mailNotification', { ...row });
        return (await mails(member)).length;
      };
      expect(await again()).toBe(0);
      await prefer(member, { kind: 'role-changed', email: 'immediate' });
      await platform.query('UPDATE users SET email_verified_at = NULL WHERE id = $1', [member.id]);
      expect(await again()).toBe(0);
      await platform.query(`UPDATE users SET email_verified_at = now(), status = 'banned' WHERE id = $1`, [member.id]);
      expect(await again()).toBe(0);
      await platform.query(`UPDATE users SET status = 'active' WHERE id = $1`, [member.id]);
      await owner.api.delete(`/workspaces/${workspaceId}/members/${member.id}`);
      expect(await again()).toBe(0);
    });

    it('is one a day, of what was not read, from all workspaces, where that is preferred', async () => {
      const other = await makeWorkspace(owner, 'Difference Engines');
      await addMember(platform, owner, other, { name: 'Grace Hopper' });
      await addMember(platform, owner, other, { name: 'Alan Turing' });
      await jobsDone(platform);
      await runJob('mailDigests', {});
      await jobsDone(platform);
      expect(await mails(owner)).toEqual([]);

      const [first] = (await owner.api.get('/notifications')).body.data;
      await owner.api.post(`/notifications/${first.id}/read`);
      await platform.query(`UPDATE notifications SET digest_at = now() WHERE user_id = $1`, [owner.id]);
      await runJob('mailDigests', {});
      await runJob('mailDigests', {});
      await jobsDone(platform);
      const [mail, ...more] = await mails(owner);
      expect(more).toEqual([]);
      expect(mail?.subject).toBe('2 notifications since yesterday');
      expect(mail?.text).toContain('Charles Babbage has joined Analytical Engines.');
      expect(mail?.text).toContain('Grace Hopper has joined Difference Engines.');
      expect(mail?.text).not.toContain('Alan Turing');
      await runJob('mailDigest', { userId: owner.id });
      expect(await mails(owner)).toHaveLength(1);
    });

    it('of a day waits for eight in the morning where the person is', async () => {
      await owner.api.put('/users/me', { timezone: 'Asia/Kathmandu' });
      await addMember(platform, owner, workspaceId, { name: 'Grace Hopper' });
      await jobsDone(platform);
      const [due] = await platform.query<{ at: Date }>(
        'SELECT digest_at AS at FROM notifications WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1',
        [owner.id],
      );
      expect(due?.at.toISOString()).toMatch(/T02:15:00.000Z$/);
      const clock = new FakeClock(due?.at);
      clock.advance(-1);
      await platform.query(`DELETE FROM notifications WHERE user_id = $1 AND facts @> $2`, [
        owner.id,
        { userId: member.id },
      ]);
      await mailDigest(clock);
      expect(await mails(owner)).toEqual([]);
      clock.advance(1);
      await mailDigest(clock);
      const [mail] = await mails(owner);
      expect(mail?.subject).toBe('One notification since yesterday');
      expect(mail?.links).toEqual(['https://app.example.com/notifications']);
    });

    it('of a day that could not be sent is sent later, once', async () => {
      await platform.query(`UPDATE notifications SET digest_at = now() WHERE user_id = $1`, [owner.id]);
      const down: Mailer = { send: () => Promise.reject(new Error('down')) };
      const clock = new FakeClock(new Date(Date.now() + 1000));
      await expect(mailDigest(clock, down)).rejects.toThrow('down');
      await mailDigest(clock);
      expect(await mails(owner)).toEqual([]);
      clock.advance(10 * 60 * 1000);
      await Promise.all([mailDigest(clock), mailDigest(clock)]);
      expect(await mails(owner)).toHaveLength(1);
    });

    it('of a day leaves out what the person may not read any more', async () => {
      await setRoles(member, 'admin');
      await addMember(platform, owner, workspaceId, { name: 'Grace Hopper' });
      await jobsDone(platform);
      await setRoles(member, 'viewer');
      await platform.query(`UPDATE notifications SET digest_at = now() WHERE user_id = $1 AND kind = 'joined'`, [
        member.id,
      ]);
      await runJob('mailDigest', { userId: member.id });
      expect((await mails(member)).map(({ subject }) => subject)).not.toContain('One notification since yesterday');
    });
  });

  describe('by Web Push', () => {
    const subscribe = (person: Person, path: string, browser = new PushBrowser()) =>
      person.api.post('/notifications/push-subscriptions', browser.subscription(pushService.endpoint(path)));
    const sentTo = (path: string) => pushService.messages.filter((message) => message.path === path);

    it('reaches the person’s browsers, which alone can read it', async () => {
      const { body } = await member.api.get('/notifications/push-key');
      const browser = new PushBrowser();
      expect((await subscribe(member, '/ada', browser)).status).toBe(204);
      await setRoles(member, 'admin');
      const [message, ...more] = sentTo('/ada');
      expect(more).toEqual([]);
      const [row] = await rows(member);
      expect(browser.read(message?.body ?? Buffer.alloc(0))).toEqual({
        id: row?.id,
        kind: 'role-changed',
        title: 'Ada Lovelace has changed your roles in Analytical Engines to admin',
        path: `/workspaces/${workspaceId}`,
        workspaceId,
      });
      expect(message?.headers.authorization).toContain(`k=${body.data.publicKey}`);
      expect(message?.headers.ttl).toBe('86400');
      await runJob('pushNotification', { ...row });
      expect(sentTo('/ada')).toHaveLength(1);
    });

    it.each([404, 410])('forgets a browser that is gone with %i', async (status) => {
      const path = `/gone/${status}`;
      pushService.answer(path, status);
      await subscribe(member, path);
      await setRoles(member, 'admin');
      await setRoles(member, 'viewer');
      expect(sentTo(path)).toHaveLength(1);
    });

    it('is tried again when the service fails, and follows no redirect', async () => {
      await subscribe(member, '/fails');
      await setRoles(member, 'admin');
      const [row] = await rows(member);
      await platform.query('UPDATE notifications SET pushed_at = NULL WHERE id = $1', [row?.id]);
      for (const status of [500, 307]) {
        pushService.answer('/fails', status);
        await expect(runJob('pushNotification', { ...row })).rejects.toThrow(`answered ${status}`);
      }
      pushService.answer('/fails', 201);
      await runJob('pushNotification', { ...row });
      expect(sentTo('/fails')).toHaveLength(4);
    });

    it('goes to who subscribed last with a browser, and to nobody who has unsubscribed', async () => {
      const browser = new PushBrowser();
      await subscribe(owner, '/shared', browser);
      await subscribe(member, '/shared', browser);
      const endpoint = pushService.endpoint('/shared');
      await owner.api.delete('/notifications/push-subscriptions', { endpoint });
      await setRoles(member, 'admin');
      expect(sentTo('/shared')).toHaveLength(1);
      await member.api.delete('/notifications/push-subscriptions', { endpoint });
      await setRoles(member, 'viewer');
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
      await setRoles(member, 'admin');
      expect(await rows(member)).toEqual([]);
    });
  });

  it('of an event is made once for each person, however often and in whatever order its handlers run', async () => {
    await setRoles(member, 'admin');
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
    const handlers = [...names, 'withdrawInvitedOnMemberJoined'].map((name) => service<EventHandler>(name));
    for (const { id, type } of [...events, ...events, ...events]) {
      const event = await service<{ get(id: string): Promise<LoggedEvent> }>('eventLog').get(id);
      for (const handler of handlers.filter(({ on = [] }) => [on].flat().some(({ name }) => name === type)))
        await handler.handle(event);
    }
    await jobsDone(platform);
    expect(await state()).toEqual(before);
    expect(before).toHaveLength(4);
    expect(await mails(member)).toHaveLength(1);
  });

  it('is of a kind that another module contributes: for who holds its permission, and once for several notices', async () => {
    const admin = await addMember(platform, owner, workspaceId, { role: 'admin', name: 'Grace Hopper' });
    await jobsDone(platform);
    const [joining] = await platform.query<{ id: string }>(
      `SELECT id FROM events WHERE workspace_id = $1 AND type = 'workspace.created'`,
      [workspaceId],
    );
    const event = await service<{ get(id: string): Promise<LoggedEvent> }>('eventLog').get(joining?.id ?? '');
    const to = [admin.id, member.id, owner.id] as UserId[];
    await service<Notifications>('notifier').notify(event, [
      { kind: noted, to, facts: { note: 'first' } },
      { kind: noted, to: 'everybody', facts: { note: 'second' } },
    ]);
    const titles = async ({ api }: Person) =>
      (await api.get('/notifications')).body.data.map(({ title }: { title: string }) => title);
    expect(await titles(admin)).toEqual(['Ada Lovelace has noted “first”']);
    expect(await titles(member)).toEqual([]);
    expect(await titles(owner)).not.toContain('Ada Lovelace has noted “first”');
  });

  it('mails nothing to an address that was never proved', async () => {
    const stranger = await register(platform);
    await platform.query(
      `INSERT INTO members (workspace_id, user_id, status, joined_at, version) VALUES ($1, $2, 'active', now(), 1)`,
      [workspaceId, stranger.id],
    );
    await setRoles(stranger, 'viewer');
    expect(await rows(stranger)).toHaveLength(1);
    expect(await mails(stranger)).toEqual([]);
  });
});
