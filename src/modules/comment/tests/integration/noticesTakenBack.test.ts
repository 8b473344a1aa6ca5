import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { gate } from '../../../../../tests/support/gate';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import type { Person } from '../../../../../tests/support/people';
import { makeComment, makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { allInOneWorkspace } from '../../../../../tests/support/workspaceStage';
import type { EventLog } from '../../../../core/infrastructure/events/EventLog';
import type { Notifications } from '../../../notification';
import { NotifyPeopleOnCommentWritten } from '../../application/NotifyPeopleOnCommentWritten';

type Notifier = Pick<Notifications, 'notify'>;

describe('Comments that are taken back are told to', () => {
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

  const as = ({ accessToken }: Person): ApiClient => platform.api.as(accessToken, workspaceId);
  const at = (id: string): string => `/tasks/${taskId}/comments/${id}`;
  const mention = ({ id, name }: Person): string => `@[${name}](${id})`;

  /** What somebody was told of this task, the latest first. */
  const told = async (person: Person): Promise<string[]> => {
    await jobsDone(platform);
    const { data } = (await person.api.get(`/notifications?workspaceId=${workspaceId}&limit=100`)).body;
    const about = data.filter(({ facts }: { facts: { taskId?: string } }) => facts.taskId === taskId);
    return about.map(({ kind }: { kind: string }) => kind);
  };

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
