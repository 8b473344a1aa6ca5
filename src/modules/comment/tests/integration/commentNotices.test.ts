import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { makeApiKey } from '../../../../../tests/support/apiKeys';
import { eventually } from '../../../../../tests/support/eventually';
import { gate } from '../../../../../tests/support/gate';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import { addMember, type Person } from '../../../../../tests/support/people';
import { makeRole } from '../../../../../tests/support/roles';
import { makeComment, makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { allInOneWorkspace } from '../../../../../tests/support/workspaceStage';
import type { EventLog } from '../../../../core/infrastructure/events/EventLog';
import type { Notifications } from '../../../notification';
import { NotifyPeopleOnCommentWritten } from '../../application/NotifyPeopleOnCommentWritten';

type Notifier = Pick<Notifications, 'notify'>;

describe('Comments are told to', () => {
  let platform: TestPlatform;
  let owner: Person;
  let member: Person;
  let viewer: Person;
  let workspaceId: string;
  let api: ApiClient;
  let taskId: string;

  allInOneWorkspace(['member', 'viewer'], (stage) => {
    ({ platform, owner, workspaceId, api, member, viewer } = stage);
  });

  beforeEach(async () => {
    taskId = (await makeTask(api, { title: 'Draw the mill' })).id;
  });

  const as = ({ accessToken }: Pick<Person, 'accessToken'>): ApiClient => platform.api.as(accessToken, workspaceId);
  const at = (id: string): string => `/tasks/${taskId}/comments/${id}`;
  const mention = ({ id, name }: Person): string => `@[${name}](${id})`;

  /** What somebody was told of this task, the latest first. */
  const told = async (person: Person): Promise<string[]> => {
    await jobsDone(platform);
    const { data } = (await person.api.get(`/notifications?workspaceId=${workspaceId}&limit=100`)).body;
    const about = data.filter(({ facts }: { facts: { taskId?: string } }) => facts.taskId === taskId);
    return about.map(({ kind }: { kind: string }) => kind);
  };

  it('who watches the task, who made it and who is to do it, but not to who writes', async () => {
    await api.send('PATCH', `/tasks/${taskId}`, { assigneeId: member.id });
    await as(viewer).put(`/tasks/${taskId}/watchers/me`);
    await makeComment(as(member), taskId);
    expect(await told(owner)).toEqual(['commented']);
    expect(await told(viewer)).toEqual(['commented']);
    expect(await told(member)).toEqual(['assigned']);
    await as(viewer).delete(`/tasks/${taskId}/watchers/me`);
    await makeComment(as(member), taskId);
    expect(await told(viewer)).toEqual(['commented']);
    expect(await told(owner)).toEqual(['commented', 'commented']);
  });

  it('who has commented, from then on', async () => {
    await makeComment(as(member), taskId);
    await makeComment(api, taskId);
    expect(await told(member)).toEqual(['commented']);
  });

  it('who is mentioned, as that and as nothing else; but not to oneself', async () => {
    await api.send('PATCH', `/tasks/${taskId}`, { assigneeId: member.id });
    const { id } = await makeComment(api, taskId, `${mention(member)} and ${mention(owner)}`);
    expect(await told(member)).toEqual(['mentioned', 'assigned']);
    expect(await told(owner)).toEqual([]);
    const { data } = (await member.api.get('/notifications?limit=1')).body;
    expect(data).toMatchObject([
      {
        title: `${owner.name} has mentioned you in Draw the mill`,
        path: `/workspaces/${workspaceId}/tasks/${taskId}#${id}`,
      },
    ]);
  });

  it('who is mentioned later, and once', async () => {
    const { id } = await makeComment(api, taskId, 'Hello');
    await api.put(at(id), { body: `Hello ${mention(member)}` });
    await api.put(at(id), { body: `Hello ${mention(member)}, again` });
    expect(await told(member)).toEqual(['mentioned']);
  });

  it('nobody who may not read them', async () => {
    const blind = await addMember(platform, owner, workspaceId);
    const { key } = await makeRole(api, { name: 'Blind', permissions: ['tasks.read'] });
    await api.put(`/workspaces/${workspaceId}/members/${blind.id}/roles`, { roles: [key] });
    await makeComment(api, taskId, mention(blind));
    expect(await told(blind)).toEqual([]);
  });

  it('people by machines too, which hear nothing themselves', async () => {
    const { key, id } = await makeApiKey(owner, workspaceId, { role: 'member' });
    const machine = as({ accessToken: key });
    const comment = await makeComment(machine, taskId, `${mention(member)} @[Machine](${id})`);
    expect(comment).toMatchObject({ authorId: id, mentions: [member.id] });
    expect((await machine.put(at(comment.id), { body: 'Done.' })).status).toBe(200);
    expect(await told(owner)).toEqual(['commented']);
    const watchers = (await api.get(`/tasks/${taskId}/watchers`)).body.data;
    expect(watchers).toMatchObject([{ userId: owner.id }]);
  });

  describe('and, once they are taken back, to', () => {
    it('nobody any longer once they are deleted', async () => {
      const { id } = await makeComment(api, taskId, mention(member));
      await makeComment(as(member), taskId);
      // Whoever watches when its job runs is told of a comment.
      await jobsDone(platform);
      await as(viewer).put(`/tasks/${taskId}/watchers/me`);
      const { id: other } = await makeComment(api, taskId, mention(member));
      expect(await told(member)).toEqual(['mentioned', 'mentioned']);
      expect(await told(viewer)).toEqual(['commented']);
      for (const each of [id, other]) await api.delete(at(each));
      expect(await told(member)).toEqual([]);
      expect(await told(viewer)).toEqual([]);
      expect(await told(owner)).toEqual(['commented']);
    });

    it('who is mentioned no longer than that', async () => {
      const { id } = await makeComment(api, taskId, `${mention(member)} ${mention(viewer)}`);
      expect([await told(member), await told(viewer)]).toEqual([['mentioned'], ['mentioned']]);
      await api.put(at(id), { body: mention(viewer) });
      expect([await told(member), await told(viewer)]).toEqual([[], ['mentioned']]);
      await api.put(at(id), { body: `${mention(member)} ${mention(viewer)}` });
      expect([await told(member), await told(viewer)]).toEqual([['mentioned'], ['mentioned']]);
    });

    /** What tells people does so only now, of what was written before. */
    async function tellLate(commentId: string, notifier: Notifier = platform.service('notifier')): Promise<void> {
      const [event] = await platform.query<{ id: string }>(
        `SELECT id FROM events WHERE type = 'comment.created' AND facts->'comment'->>'id' = $1`,
        [commentId],
      );
      await platform.query('DELETE FROM notified_events WHERE event_id = $1', [event?.id]);
      await platform.query('DELETE FROM notifications WHERE event_id = $1', [event?.id]);
      const late = new NotifyPeopleOnCommentWritten(
        platform.service('comments'),
        notifier,
        platform.service('taskQueries'),
        platform.service('taskWatchers'),
        platform.service('unitOfWork'),
      );
      const logged = await platform.service<EventLog>('eventLog').findFor('test', event?.id ?? '');
      await late.handle(logged as Parameters<typeof late.handle>[0]);
    }

    it('nobody though they are told late', async () => {
      const [deleted, changed] = [
        await makeComment(api, taskId, mention(member)),
        await makeComment(api, taskId, mention(member)),
      ];
      await jobsDone(platform);
      await api.delete(at(deleted.id));
      await api.put(at(changed.id), { body: 'Nobody' });
      await jobsDone(platform);
      for (const { id } of [deleted, changed]) await tellLate(id);
      expect(await told(member)).toEqual([]);
    });

    it('nobody though they are deleted in the same moment', async () => {
      const { id } = await makeComment(api, taskId, mention(member));
      await jobsDone(platform);
      const [telling, deletion] = [gate(), gate()];
      const notifier = platform.service<Notifier>('notifier');
      const notify: Notifier['notify'] = async (...what) => {
        telling.open();
        await deletion.passed;
        await notifier.notify(...what);
      };
      const late = tellLate(id, { notify });
      await telling.passed;
      let isDeleted = false;
      const deleting = api.delete(at(id)).then(async () => {
        await jobsDone(platform);
        isDeleted = true;
      });
      await eventually(async () => {
        const waiting = await platform.query('SELECT FROM pg_locks WHERE NOT granted');
        expect(isDeleted || waiting.length > 0).toBe(true);
      });
      deletion.open();
      await Promise.all([late, deleting]);
      expect(await told(member)).toEqual([]);
    });
  });
});
