import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { loggedEvents } from '../../../../../tests/support/loggedEvents';
import { logSettled } from '../../../../../tests/support/logSettled';
import { runJob } from '../../../../../tests/support/notifications';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { query } from '../../../../../tests/support/query';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { makeComment, makeTask } from '../../../../../tests/support/tasks';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { forgetWords } from '../../infrastructure/migrations/forgetWords';

describe('What a comment says no more', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;
  let taskId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
  });

  beforeEach(async () => {
    workspaceId = await makeWorkspace(owner);
    api = platform.api.as(owner.accessToken, workspaceId);
    taskId = (await makeTask(api)).id;
  });

  afterAll(() => platform.stop());

  const at = (id: string): string => `/tasks/${taskId}/comments/${id}`;
  const said = (events: readonly { facts: { comment?: { body: string } } }[]) =>
    events.map(({ facts }) => facts.comment?.body);
  /** What the log tells of comments, by kind. */
  const told = async (): Promise<object> => ({
    created: said(await loggedEvents(platform, workspaceId, 'comment.created')),
    updated: said(await loggedEvents(platform, workspaceId, 'comment.updated')),
  });
  const pulled = async (): Promise<string> => {
    await logSettled(platform);
    const { status, body } = await api.get('/events?limit=100');
    expect(status).toBe(200);
    expect(body.data.length).toBeLessThan(100);
    return JSON.stringify(body);
  };

  it('is told in the log no more, which still tells what it says now, and whom it mentioned', async () => {
    const member = await addMember(platform, owner, workspaceId);
    const { id } = await makeComment(api, taskId, `First @[Charles](${member.id})`);
    const other = await makeComment(api, taskId, 'Other');
    expect(await pulled()).toContain('First');
    await api.put(at(id), { body: 'Second' });
    expect(await pulled()).not.toContain('First');
    expect(await told()).toEqual({ created: ['', 'Other'], updated: ['Second'] });
    await api.put(at(id), { body: 'Third' });
    expect(await told()).toEqual({ created: ['', 'Other'], updated: ['', 'Third'] });
    const [created] = await loggedEvents(platform, workspaceId, 'comment.created');
    expect(created?.facts).toMatchObject({ comment: { id, taskId, mentions: [member.id], version: 1 } });

    await api.delete(at(id));
    expect(await pulled()).not.toMatch(/First|Second|Third/);
    expect(await pulled()).toContain('Other');
    await api.delete(at(other.id));
    expect(await told()).toEqual({ created: ['', ''], updated: ['', ''] });
  });

  it('stays told when the change fails', async () => {
    const { id } = await makeComment(api, taskId, 'First');
    const refused = await api.put(at(id), { body: 'Second' }, { 'If-Match': '"0"' });
    expect(refused.status).toBe(412);
    const refuse = `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no disk'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION refuse()`;
    await platform.query(refuse);
    try {
      expect((await api.put(at(id), { body: 'Second' })).status).toBe(500);
      expect((await api.delete(at(id))).status).toBe(500);
    } finally {
      await platform.query('DROP TRIGGER refuse ON events; DROP FUNCTION refuse');
    }
    expect(await told()).toEqual({ created: ['First'], updated: [] });
  });

  it('goes with its task, once that can not come back', async () => {
    const { id } = await makeComment(api, taskId, 'First');
    await api.put(at(id), { body: 'Second' });
    const kept = await makeComment(api, (await makeTask(api)).id, 'Kept');
    await api.delete(`/tasks/${taskId}`);
    expect(await told()).toEqual({ created: ['', 'Kept'], updated: ['Second'] });
    await platform.query(`UPDATE tasks SET deleted_at = now() - interval '31 days' WHERE id = $1`, [taskId]);
    await runJob(platform, 'purgeDeletedTasks', {});
    expect(await told()).toEqual({ created: ['', kept.body], updated: [''] });
  });

  it('is what a socket does not hear that comes back, which hears what it says now', async () => {
    const socket = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
    await makeTask(api);
    await eventually(async () => expect(socket.told('task:created')).not.toEqual([]));
    const after = socket.told('task:created').at(-1).cursor;
    socket.disconnect();
    const { id } = await makeComment(api, taskId, 'First');
    await api.put(at(id), { body: 'Second' });
    await logSettled(platform);
    const resumed = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId, after });
    await eventually(async () => expect(resumed.told('comment:updated')).toHaveLength(1));
    const heard = resumed.heard.filter(({ name }) => name.startsWith('comment:'));
    expect(heard).toMatchObject([
      { name: 'comment:created', facts: { comment: { id, body: '' } } },
      { name: 'comment:updated', facts: { comment: { id, body: 'Second' } } },
    ]);
    resumed.disconnect();
  });

  describe('is all that is taken out of the log:', () => {
    /** Has the comment name any event as the one that tells its words, as the application could. */
    const pointTo = (id: string, eventId: string): Promise<object[]> =>
      query(
        platform.database.address.application,
        `SELECT set_config('app.workspace_id', '${workspaceId}', false);
         UPDATE task_comments SET event_id = '${eventId}' WHERE id = '${id}';
         UPDATE task_comments SET event_id = '${eventId}' WHERE id = '${id}'`,
      );
    const allEvents = () => platform.query('SELECT * FROM events ORDER BY transaction_id, position');

    it('no other event, though the comment named it', async () => {
      const theirs = await makeWorkspace(owner);
      const elsewhere = platform.api.as(owner.accessToken, theirs);
      await makeComment(elsewhere, (await makeTask(elsewhere)).id, 'Theirs');
      await makeComment(api, taskId, 'Other');
      const { id } = await makeComment(api, taskId, 'First');
      await platform.query(`UPDATE events SET facts = jsonb_set(facts, '{comment,body}', '""') WHERE id IN
        (SELECT event_id FROM task_comments WHERE id = '${id}')`);
      const before = await allEvents();
      const events = await platform.query<{ id: string }>(
        `SELECT id FROM events WHERE workspace_id IN ($1, $2) AND type IN ('comment.created', 'task.created')`,
        [workspaceId, theirs],
      );
      expect(events).toHaveLength(5);
      for (const event of events) await pointTo(id, event.id);
      expect(await allEvents()).toEqual(before);
    });

    it('by nobody who would call what does it', async () => {
      const call = (text: string) => query(platform.database.address.application, text);
      await expect(call('SELECT forget_comment_words()')).rejects.toMatchObject({ code: '42501' });
      await expect(
        call(`CREATE TEMP TABLE mine (event_id uuid, workspace_id uuid, id uuid);
              CREATE TRIGGER mine AFTER DELETE ON mine FOR EACH ROW EXECUTE FUNCTION forget_comment_words()`),
      ).rejects.toMatchObject({ code: '42501' });
    });
  });

  it('is taken out of a log that is older than this', async () => {
    const { id } = await makeComment(api, taskId, 'First');
    await api.put(at(id), { body: 'Second' });
    await makeComment(api, taskId, 'Other');
    const gone = await makeComment(api, taskId, 'Gone');
    await api.delete(at(gone.id));
    const asOwner = (text: string) => query(platform.database.address.migration, text);
    await forgetWords.down(asOwner);
    await platform.query(
      `UPDATE events SET facts = jsonb_set(facts, '{comment,body}', '"Old"') WHERE facts->'comment'->>'body' = ''`,
    );
    await forgetWords.up(asOwner);
    expect(await told()).toEqual({ created: ['', 'Other', ''], updated: ['Second'] });
    await api.put(at(id), { body: 'Third' });
    expect(await told()).toEqual({ created: ['', 'Other', ''], updated: ['', 'Third'] });
  });
});
