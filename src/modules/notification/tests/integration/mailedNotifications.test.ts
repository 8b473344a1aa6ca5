import { FakeClock } from '../../../../../tests/fixtures/FakeClock';
import { makeApiKey } from '../../../../../tests/support/apiKeys';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import {
  changeRoles,
  notificationJobs,
  notificationMails,
  prefer,
  runJob,
} from '../../../../../tests/support/notifications';
import { addMember, makeWorkspace, type Person, register } from '../../../../../tests/support/people';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';
import type { Mailer } from '../../../../core/application/Mailer';
import type { UserId } from '../../../../core/domain/Id';
import { MailDigest } from '../../application/MailDigest';

describe('A notification by mail', () => {
  let platform: TestPlatform;
  let owner: Person;
  let member: Person;
  let workspaceId: string;

  eachInNewWorkspace((its) => {
    ({ platform, owner, workspaceId } = its);
  });

  beforeEach(async () => {
    member = await addMember(platform, owner, workspaceId);
    await jobsDone(platform);
  });

  /** Does what the job does for the owner at another time, or with another mailer. */
  const mailDigest = (clock: FakeClock, mailer = platform.service<Mailer>('mailer')): Promise<void> =>
    new MailDigest(
      platform.service('notificationQueries'),
      platform.service('notificationKinds'),
      platform.service('notifications'),
      platform.service('delivery'),
      mailer,
      platform.service('unitOfWork'),
      clock,
      'https://app.example.com',
    ).run({ userId: owner.id as UserId });

  /** Makes what waits for the mail of the day due. */
  const makeDue = ({ id }: Person): Promise<unknown> =>
    platform.query(
      `UPDATE notifications SET digest_at = now() - interval '1 minute' WHERE user_id = $1 AND kind = 'joined'`,
      [id],
    );

  it('goes out at once, in text and HTML, with a link, and names made harmless', async () => {
    await owner.api.put(`/workspaces/${workspaceId}`, { name: 'Win at evil.test/now' });
    await changeRoles(platform, owner, workspaceId, member, 'admin');
    const [mail, ...more] = await notificationMails(platform, member);
    expect(more).toEqual([]);
    expect(mail?.subject).toBe('Ada Lovelace has changed your roles in Win at evil.\u200atest/\u200anow to admin');
    expect(mail?.html).toContain('<html');
    expect(mail?.links).toContain(`http://localhost:3000/workspaces/${workspaceId}`);
  });

  it('names the API key that did something, as the list does', async () => {
    const { key } = await makeApiKey(owner, workspaceId, { name: 'Analytical evil.test' });
    const machine = platform.api.as(key, workspaceId);
    const { status } = await machine.put(`/workspaces/${workspaceId}/members/${member.id}/roles`, {
      roles: ['viewer'],
    });
    expect(status).toBe(200);
    await jobsDone(platform);
    const [mail] = await notificationMails(platform, member);
    expect(mail?.subject).toBe('Analytical evil.\u200atest has changed your roles in Analytical Engines to viewer');
    const [listed] = (await member.api.get('/notifications')).body.data;
    expect(listed.title).toBe('Analytical evil.test has changed your roles in Analytical Engines to viewer');
  });

  it('goes out once, however often its job runs', async () => {
    await changeRoles(platform, owner, workspaceId, member, 'admin');
    const [row] = await notificationJobs(platform, member);
    await runJob(platform, 'mailNotification', { ...row });
    expect(await notificationMails(platform, member)).toHaveLength(1);
  });

  it('does not go out to who has said so, was removed meanwhile, is suspended, or has not proved the address', async () => {
    await prefer(member, { kind: 'role-changed', email: 'off' });
    await changeRoles(platform, owner, workspaceId, member, 'admin');
    const again = async () => {
      const [row] = await notificationJobs(platform, member);
      await platform.query('UPDATE notifications SET mailed_at = NULL WHERE id = $1', [row?.id]);
      await runJob(platform, 'mailNotification', { ...row });
      return (await notificationMails(platform, member)).length;
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
    await runJob(platform, 'mailDigests', {});
    await jobsDone(platform);
    expect(await notificationMails(platform, owner)).toEqual([]);

    const [first] = (await owner.api.get('/notifications')).body.data;
    await owner.api.post(`/notifications/${first.id}/read`);
    await makeDue(owner);
    await runJob(platform, 'mailDigests', {});
    await runJob(platform, 'mailDigests', {});
    await jobsDone(platform);
    const [mail, ...more] = await notificationMails(platform, owner);
    expect(more).toEqual([]);
    expect(mail?.subject).toBe('2 notifications since yesterday');
    expect(mail?.text).toContain('Charles Babbage has joined Analytical Engines.');
    expect(mail?.text).toContain('Grace Hopper has joined Difference Engines.');
    expect(mail?.text).not.toContain('Alan Turing');
    await runJob(platform, 'mailDigest', { userId: owner.id });
    expect(await notificationMails(platform, owner)).toHaveLength(1);
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
    expect(await notificationMails(platform, owner)).toEqual([]);
    clock.advance(1);
    await mailDigest(clock);
    const [mail] = await notificationMails(platform, owner);
    expect(mail?.subject).toBe('One notification since yesterday');
    expect(mail?.links).toEqual(['https://app.example.com/notifications']);
  });

  it('of a day that could not be sent is sent later, once', async () => {
    await makeDue(owner);
    const down: Mailer = { send: () => Promise.reject(new Error('down')) };
    const clock = new FakeClock(new Date(Date.now() + 1000));
    await expect(mailDigest(clock, down)).rejects.toThrow('down');
    await mailDigest(clock);
    expect(await notificationMails(platform, owner)).toEqual([]);
    clock.advance(10 * 60 * 1000);
    await Promise.all([mailDigest(clock), mailDigest(clock)]);
    expect(await notificationMails(platform, owner)).toHaveLength(1);
  });

  it('of a day leaves out what the person may not read any more', async () => {
    await changeRoles(platform, owner, workspaceId, member, 'admin');
    await addMember(platform, owner, workspaceId, { name: 'Grace Hopper' });
    await jobsDone(platform);
    await changeRoles(platform, owner, workspaceId, member, 'viewer');
    const before = await notificationMails(platform, member);
    await makeDue(member);
    await runJob(platform, 'mailDigest', { userId: member.id });
    expect(await notificationMails(platform, member)).toEqual(before);
    const waiting = await platform.query('SELECT id FROM notifications WHERE user_id = $1 AND mailed_at IS NULL', [
      member.id,
    ]);
    expect(waiting).toEqual([]);
  });

  it('of a day names fifty, and counts the rest', async () => {
    await platform.query(
      `INSERT INTO notifications (workspace_id, id, user_id, event_id, kind, actor_id, facts, permission, in_app, created_at)
       SELECT workspace_id, gen_random_uuid(), user_id, gen_random_uuid(), kind, actor_id, facts, permission, in_app, now()
       FROM notifications, generate_series(1, 52) WHERE user_id = $1 AND kind = 'joined'`,
      [owner.id],
    );
    await makeDue(owner);
    await runJob(platform, 'mailDigest', { userId: owner.id });
    const [mail] = await notificationMails(platform, owner);
    expect(mail?.subject).toBe('53 notifications since yesterday');
    expect(mail?.text.match(/has joined/g)).toHaveLength(50);
    expect(mail?.text).toContain('And 3 more.');
  });

  it('goes to no address that was never proved', async () => {
    const stranger = await register(platform);
    await platform.query(
      `INSERT INTO members (workspace_id, user_id, status, joined_at, version) VALUES ($1, $2, 'active', now(), 1)`,
      [workspaceId, stranger.id],
    );
    await changeRoles(platform, owner, workspaceId, stranger, 'viewer');
    expect(await notificationJobs(platform, stranger)).toHaveLength(1);
    expect(await notificationMails(platform, stranger)).toEqual([]);
  });
});
