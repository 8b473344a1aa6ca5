import { PushBrowser } from '../../../../../tests/support/PushBrowser';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { invite } from '../../../../../tests/support/invitations';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import { addMember, makeWorkspace, type Person, register, signUp } from '../../../../../tests/support/people';
import { makeRole } from '../../../../../tests/support/roles';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';
import type { ApiAnswer } from '../../../../../tests/support/ApiClient';

describe('Notifications', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;

  eachInNewWorkspace((its) => {
    ({ platform, owner, workspaceId } = its);
  });

  /** What somebody is told, once all jobs are done. */
  async function told({ api }: Pick<Person, 'api'>, query = ''): Promise<ApiAnswer['body']> {
    await jobsDone(platform);
    const { status, body } = await api.get(`/notifications${query}`);
    expect(status).toBe(200);
    return body;
  }

  const titles = async (person: Person, query = ''): Promise<string[]> =>
    (await told(person, query)).data.map(({ title }: { title: string }) => title);

  describe('tell', () => {
    it('the owner that a member has joined, and nobody who does not manage members', async () => {
      const member = await addMember(platform, owner, workspaceId, { name: 'Charles Babbage' });
      const { data } = await told(owner);
      expect(data).toEqual([
        {
          id: expect.any(String),
          workspaceId,
          kind: 'joined',
          title: 'Charles Babbage has joined Analytical Engines',
          path: `/workspaces/${workspaceId}/members/${member.id}`,
          facts: { userId: member.id },
          actorId: member.id,
          readAt: null,
          createdAt: expect.any(String),
        },
      ]);
      await addMember(platform, owner, workspaceId, { name: 'Grace Hopper' });
      expect(await titles(member)).toEqual([]);
    });

    it('a member that their roles have changed, and not who changed them', async () => {
      const member = await addMember(platform, owner, workspaceId);
      await owner.api.put(`/workspaces/${workspaceId}/members/${member.id}/roles`, { roles: ['admin'] });
      expect(await titles(member)).toEqual(['Ada Lovelace has changed your roles in Analytical Engines to admin']);
      expect(await titles(owner)).toEqual(['Charles Babbage has joined Analytical Engines']);
    });

    it('a member that they may become owner', async () => {
      const member = await addMember(platform, owner, workspaceId);
      await owner.api.post(`/workspaces/${workspaceId}/transfer-ownership`, { userId: member.id });
      expect(await titles(member)).toEqual(['Ada Lovelace offers you the ownership of Analytical Engines']);
    });

    it('somebody with an account that they are invited, until they are not any more', async () => {
      const person = await signUp(platform, { name: 'Grace Hopper' });
      const { body } = await invite(owner, workspaceId, person.email);
      expect(await titles(person)).toEqual(['Ada Lovelace invites you to Analytical Engines']);
      await owner.api.delete(`/workspaces/${workspaceId}/invitations/${body.data.id}`);
      expect(await titles(person)).toEqual([]);
    });

    it('nobody who has not proved the invited address', async () => {
      const person = await register(platform);
      await invite(owner, workspaceId, person.email);
      expect(await titles(person)).toEqual([]);
    });

    it('who has accepted an invitation no more of it', async () => {
      const member = await addMember(platform, owner, workspaceId);
      expect(await titles(member)).toEqual([]);
    });
  });

  it('are listed in pages, by workspace, and by whether they are read', async () => {
    const other = await makeWorkspace(owner, 'Difference Engines');
    await addMember(platform, owner, workspaceId, { name: 'One' });
    await addMember(platform, owner, other, { name: 'Two' });
    await addMember(platform, owner, workspaceId, { name: 'Three' });
    expect(await titles(owner)).toEqual([
      'Three has joined Analytical Engines',
      'Two has joined Difference Engines',
      'One has joined Analytical Engines',
    ]);
    expect(await titles(owner, `?workspaceId=${other}`)).toEqual(['Two has joined Difference Engines']);
    const first = await told(owner, '?limit=2');
    expect(first.data).toHaveLength(2);
    expect(await titles(owner, `?limit=2&cursor=${first.meta.nextCursor}`)).toEqual([
      'One has joined Analytical Engines',
    ]);

    const read = await owner.api.post(`/notifications/${first.data[0].id}/read`);
    expect(read).toMatchObject({ status: 200, body: { data: { ...first.data[0], readAt: expect.any(String) } } });
    const again = await owner.api.post(`/notifications/${first.data[0].id}/read`);
    expect(again.body).toEqual(read.body);
    expect(await titles(owner, '?unread=true')).toHaveLength(2);
    expect(await titles(owner, '?unread=false')).toEqual(['Three has joined Analytical Engines']);
    const count = async (query = '') => (await owner.api.get(`/notifications/unread-count${query}`)).body.data;
    expect(await count()).toEqual({ unread: 2 });
    expect(await count(`?workspaceId=${workspaceId}`)).toEqual({ unread: 1 });
    expect((await owner.api.post('/notifications/read-all')).status).toBe(204);
    expect(await count()).toEqual({ unread: 0 });
  });

  it.each([
    [
      'somebody who was removed',
      (member: Person) => owner.api.delete(`/workspaces/${workspaceId}/members/${member.id}`),
    ],
    [
      'somebody who is suspended there',
      (member: Person) =>
        owner.api.put(`/users/${member.id}/status`, { status: 'inactive' }, { 'X-Workspace-Id': workspaceId }),
    ],
  ])('of a workspace are not shown to %s', async (_who, leave) => {
    const member = await addMember(platform, owner, workspaceId);
    await owner.api.put(`/workspaces/${workspaceId}/members/${member.id}/roles`, { roles: ['admin'] });
    const [notification] = (await told(member)).data;
    expect((await leave(member)).status).toBeLessThan(300);
    expect(await titles(member)).toEqual([]);
    expect((await member.api.get('/notifications/unread-count')).body.data).toEqual({ unread: 0 });
    expectProblem(await member.api.post(`/notifications/${notification.id}/read`), 404, 'NOT_FOUND');
    expectProblem(await member.api.get(`/notifications?workspaceId=${workspaceId}`), 404, 'NOT_FOUND');
  });

  it('that take a permission are not shown to who has lost it', async () => {
    const admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
    await addMember(platform, owner, workspaceId, { name: 'Grace Hopper' });
    expect(await titles(admin)).toEqual(['Grace Hopper has joined Analytical Engines']);
    await owner.api.put(`/workspaces/${workspaceId}/members/${admin.id}/roles`, { roles: ['viewer'] });
    expect(await titles(admin)).toEqual(['Ada Lovelace has changed your roles in Analytical Engines to viewer']);
  });

  it('that take a permission are shown by a workspace’s own role that grants it, and by no other', async () => {
    const member = await addMember(platform, owner, workspaceId);
    const api = platform.api.as(owner.accessToken, workspaceId);
    const give = async (name: string, ...permissions: readonly string[]) => {
      const { key } = await makeRole(api, { name, permissions });
      await api.put(`/workspaces/${workspaceId}/members/${member.id}/roles`, { roles: [key] });
    };
    const unread = async () => (await member.api.get('/notifications/unread-count')).body.data.unread;
    const titlesOf = (notifications: { title: string }[]) => notifications.map(({ title }) => title);

    await give('Reception', 'users.create', 'users.read');
    await addMember(platform, owner, workspaceId, { name: 'Grace Hopper' });
    const { data } = await told(member);
    expect(titlesOf(data)).toContain('Grace Hopper has joined Analytical Engines');
    expect(await unread()).toBe(data.length);
    const joined = data.find(({ kind }: { kind: string }) => kind === 'joined');
    const read = await member.api.post(`/notifications/${joined.id}/read`);
    expect(read).toMatchObject({ status: 200, body: { data: { id: joined.id, readAt: expect.any(String) } } });

    await give('Reader', 'users.read');
    const left = (await told(member)).data;
    expect(titlesOf(left)).not.toContain('Grace Hopper has joined Analytical Engines');
    expect(await unread()).toBe(left.length);
    expectProblem(await member.api.post(`/notifications/${joined.id}/read`), 404, 'NOT_FOUND');
  });

  it('are nobody else’s', async () => {
    const member = await addMember(platform, owner, workspaceId);
    const [notification] = (await told(owner)).data;
    expectProblem(await member.api.post(`/notifications/${notification.id}/read`), 404, 'NOT_FOUND');
    expect((await member.api.post('/notifications/read-all')).status).toBe(204);
    expect((await told(owner, '?unread=true')).data).toHaveLength(1);
  });

  it.each([
    ['get', '/notifications'],
    ['get', '/notifications/unread-count'],
    ['post', '/notifications/read-all'],
    ['post', '/notifications/018f0000-0000-7000-8000-000000000000/read'],
    ['get', '/notifications/preferences'],
    ['put', '/notifications/preferences'],
    ['get', '/notifications/push-key'],
    ['post', '/notifications/push-subscriptions'],
    ['delete', '/notifications/push-subscriptions'],
  ])('%s %s is for people who are signed in', async (method, path) => {
    expectProblem(await platform.api.send(method.toUpperCase(), path, undefined), 401, 'UNAUTHENTICATED');
  });

  it('refuse a limit, a cursor and a filter that are none', async () => {
    for (const query of ['limit=0', 'limit=101', 'unread=maybe', 'workspaceId=1', 'sort=title']) {
      const [field] = query.split('=');
      const errors = [{ field, message: expect.any(String) }];
      expectProblem(await owner.api.get(`/notifications?${query}`), 400, 'VALIDATION_ERROR', { errors });
    }
    expectProblem(await owner.api.get('/notifications?cursor=AAAA'), 400, 'INVALID_CURSOR');
  });

  it.each([
    'https://localhost/push',
    'https://127.0.0.1/push',
    'https://2130706433/push',
    'https://0x7f.1/push',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/push',
    'https://[::1]/push',
    'https://[::ffff:127.0.0.1]/push',
    'http://push.example.com/push',
    'https://user:password@push.example.com/push',
  ])('are pushed to no address like %s', async (endpoint) => {
    const answer = await owner.api.post('/notifications/push-subscriptions', new PushBrowser().subscription(endpoint));
    expectInvalid(answer, 'endpoint');
    expect(await platform.query('SELECT FROM push_subscriptions')).toEqual([]);
  });

  it('of somebody who closes the account are forgotten', async () => {
    const member = await addMember(platform, owner, workspaceId);
    await owner.api.put(`/workspaces/${workspaceId}/members/${member.id}/roles`, { roles: ['admin'] });
    await member.api.put('/notifications/preferences', { kinds: [{ kind: 'joined', push: true }] });
    expect(await titles(member)).toHaveLength(1);
    const { status } = await member.api.delete('/users/me', { password: 'correct horse battery staple' });
    expect(status).toBe(204);
    await jobsDone(platform);
    for (const table of ['notifications', 'notification_preferences']) {
      expect(await platform.query(`SELECT FROM ${table} WHERE user_id = $1`, [member.id])).toEqual([]);
    }
  });

  it('older than 90 days are purged', async () => {
    await addMember(platform, owner, workspaceId);
    await addMember(platform, owner, workspaceId);
    const [newer, older] = (await told(owner)).data;
    await platform.query(`UPDATE notifications SET created_at = now() - interval '91 days' WHERE id = $1`, [older.id]);
    await platform.service<{ run(): Promise<void> }>('purgeOldNotifications').run();
    expect((await told(owner)).data.map(({ id }: { id: string }) => id)).toEqual([newer.id]);
  });
});
