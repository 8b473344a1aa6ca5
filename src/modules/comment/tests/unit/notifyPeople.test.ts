import { newId, type UserId, type WorkspaceId } from '../../../../core/domain/Id';
import { NotFoundError } from '../../../../core/errors/NotFoundError';
import type { Notice } from '../../../notification';
import type { TaskView } from '../../../project';
import { NotifyPeopleOnCommentWritten } from '../../application/NotifyPeopleOnCommentWritten';
import { commentCreated, commentUpdated, type CommentFacts } from '../../domain/events';

describe('Who is told of a comment', () => {
  const [author, watcher, ada] = [newId<UserId>(), newId<UserId>(), newId<UserId>()];
  const context = { workspaceId: newId<WorkspaceId>(), actorId: author, at: new Date() };
  const at = context.at.toISOString();
  const comment: CommentFacts = {
    ...{ id: newId(), taskId: newId(), authorId: author, body: '@', mentions: [ada] },
    ...{ createdAt: at, updatedAt: at, version: 1 },
  };
  const about = { taskId: comment.taskId, task: 'Draw the mill', commentId: comment.id };

  function handler(task: () => Promise<Pick<TaskView, 'title'>>) {
    const notices: Notice[] = [];
    const notifier = {
      notify: async (_event: object, added: readonly Notice[]) => {
        notices.push(...added);
      },
    };
    const taskQueries = { task: task as () => Promise<TaskView> };
    return {
      notices,
      handles: new NotifyPeopleOnCommentWritten(notifier, taskQueries, { all: async () => [watcher] }),
    };
  }

  const there = async () => ({ title: about.task }) as TaskView;
  const gone = async (): Promise<TaskView> => Promise.reject(new NotFoundError());
  const change = (mentioned: readonly UserId[]) =>
    commentUpdated(context, { comment, taskId: comment.taskId, changed: ['body'], mentioned });

  it('are those whom it mentions first, and then who watches', async () => {
    const { notices, handles } = handler(there);
    await handles.handle(commentCreated(context, { comment, taskId: comment.taskId }));
    expect(notices).toMatchObject([
      { kind: { key: 'mentioned' }, to: [ada], facts: about },
      { kind: { key: 'commented' }, to: [watcher], facts: about },
    ]);
  });

  it('are those whom a change has added, and it is no job to add nobody', async () => {
    const { notices, handles } = handler(there);
    await handles.handle(change([ada]));
    expect(notices).toMatchObject([{ kind: { key: 'mentioned' }, to: [ada], facts: about }]);
    expect(
      [change([]), change([ada]), commentCreated(context, { comment, taskId: comment.taskId })].map((e) =>
        handles.concerns(e),
      ),
    ).toEqual([false, true, true]);
  });

  it('are none when its task is deleted by then', async () => {
    const { notices, handles } = handler(gone);
    await handles.handle(commentCreated(context, { comment, taskId: comment.taskId }));
    expect(notices).toEqual([]);
  });

  it('are found another time when that can not be told', async () => {
    const { handles } = handler(() => Promise.reject(new Error('away')));
    await expect(handles.handle(commentCreated(context, { comment, taskId: comment.taskId }))).rejects.toThrow('away');
  });
});
