import { ImmediateUnitOfWork } from '../../../../../tests/fixtures/ImmediateUnitOfWork';
import { newId, type UserId, type WorkspaceId } from '../../../../core/domain/Id';
import type { Notice } from '../../../notification';
import type { TaskView } from '../../../project';
import { NotifyPeopleOnCommentWritten } from '../../application/NotifyPeopleOnCommentWritten';
import { WithdrawNoticesOnCommentTakenBack } from '../../application/WithdrawNoticesOnCommentTakenBack';
import { Comment } from '../../domain/Comment';
import { CommentBody } from '../../domain/CommentBody';
import type { CommentRepository } from '../../domain/CommentRepository';
import { commentCreated, commentDeleted, commentUpdated, type CommentFacts } from '../../domain/events';

const [author, watcher, ada, grace] = [newId<UserId>(), newId<UserId>(), newId<UserId>(), newId<UserId>()];
const workspaceId = newId<WorkspaceId>();
const context = { workspaceId, actorId: author, at: new Date() };
const at = context.at.toISOString();
const comment: CommentFacts = {
  ...{ id: newId(), taskId: newId(), authorId: author, body: '@', mentions: [ada, grace] },
  ...{ createdAt: at, updatedAt: at, version: 1 },
};
const { id: commentId, taskId } = comment;

const created = commentCreated(context, { comment, taskId });
const updated = (mentioned: readonly UserId[], changed: readonly string[] = ['body', 'mentions']) =>
  commentUpdated(context, { comment, taskId, changed, mentioned });

/** The comment as it is by now. */
const there = (mentions = comment.mentions) => ({
  find: async () => {
    const body = CommentBody('@');
    return Comment.restore(
      {
        id: commentId,
        taskId,
        workspaceId,
        authorId: author,
        body,
        mentions,
        createdAt: context.at,
        updatedAt: context.at,
      },
      1,
    );
  },
});
const gone = { find: async () => null };

describe('Who is told of a comment', () => {
  const about = { taskId, task: 'Draw the mill', commentId };

  function handler(comments: Pick<CommentRepository, 'find'>) {
    const notices: Notice[] = [];
    const notifier = {
      notify: async (_event: object, added: readonly Notice[]) => {
        notices.push(...added);
      },
    };
    const taskQueries = { task: async () => ({ title: about.task }) as TaskView };
    const taskWatchers = { all: async () => [watcher] };
    const unitOfWork = new ImmediateUnitOfWork();
    return {
      notices,
      handles: new NotifyPeopleOnCommentWritten(comments, notifier, taskQueries, taskWatchers, unitOfWork),
    };
  }

  it('are those whom it mentions first, and then who watches', async () => {
    const { notices, handles } = handler(there());
    await handles.handle(created);
    expect(notices).toMatchObject([
      { kind: { key: 'mentioned' }, to: [ada, grace], facts: about },
      { kind: { key: 'commented' }, to: [watcher], facts: about },
    ]);
  });

  it('are those whom a change has added, and it is no job to add nobody', async () => {
    const { notices, handles } = handler(there());
    await handles.handle(updated([ada]));
    expect(notices).toMatchObject([{ kind: { key: 'mentioned' }, to: [ada], facts: about }]);
    expect([updated([]), updated([ada]), created].map((event) => handles.concerns(event))).toEqual([false, true, true]);
  });

  it('are not those whom it mentions no more by then', async () => {
    const { notices, handles } = handler(there([grace]));
    await handles.handle(created);
    await handles.handle(updated([ada]));
    expect(notices.map(({ to }) => to)).toEqual([[grace], [watcher], []]);
  });

  it('are none when it is deleted by then, or its task is', async () => {
    const { notices, handles } = handler(gone);
    await handles.handle(created);
    await handles.handle(updated([ada]));
    expect(notices).toEqual([]);
  });

  it('are none of what happened in no workspace', async () => {
    const { notices, handles } = handler(there());
    await handles.handle({ ...created, workspaceId: null });
    expect(notices).toEqual([]);
  });
});

describe('Who was told of a comment', () => {
  function handler(comments: Pick<CommentRepository, 'find'>) {
    const withdrawn: object[] = [];
    const notifier = {
      withdraw: async (
        _workspaceId: string,
        { kind, facts }: Pick<Notice, 'kind' | 'facts'>,
        except?: readonly UserId[],
      ) => {
        withdrawn.push({ kind: kind.key, facts, except });
      },
    };
    return {
      withdrawn,
      handles: new WithdrawNoticesOnCommentTakenBack(comments, notifier, new ImmediateUnitOfWork()),
    };
  }

  const deleted = commentDeleted(context, { commentId, taskId, authorId: author });

  it('reads of it no more once it is deleted', async () => {
    const { withdrawn, handles } = handler(gone);
    await handles.handle(deleted);
    expect(withdrawn).toEqual([
      { kind: 'mentioned', facts: { commentId } },
      { kind: 'commented', facts: { commentId } },
    ]);
  });

  it('reads of it as long as it mentions them, whatever it said in between', async () => {
    const { withdrawn, handles } = handler(there([ada]));
    await handles.handle(updated([]));
    expect(withdrawn).toEqual([{ kind: 'mentioned', facts: { commentId }, except: [ada] }]);
  });

  it('may read of it again when its task comes back', async () => {
    const { withdrawn, handles } = handler(gone);
    await handles.handle(updated([]));
    expect(withdrawn).toEqual([]);
  });

  it('has nothing to lose by other words, or outside of a workspace', async () => {
    const { withdrawn, handles } = handler(gone);
    expect([updated([], ['body']), updated([]), deleted].map((event) => handles.concerns(event))).toEqual([
      false,
      true,
      true,
    ]);
    await handles.handle({ ...deleted, workspaceId: null });
    expect(withdrawn).toEqual([]);
  });
});
