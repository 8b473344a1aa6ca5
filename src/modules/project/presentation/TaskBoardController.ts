import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import { done, noContent, ok, page, permission, route, type Controller } from '../../../core/presentation/Route';
import type { ChangeTasks } from '../application/ChangeTasks';
import type { MoveTask } from '../application/MoveTask';
import type { TaskHistory } from '../application/TaskHistory';
import type { TaskQueries } from '../application/TaskQueries';
import type { TaskWatchers } from '../application/TaskWatchers';
import type { WatchTask } from '../application/WatchTask';
import {
  bulkInput,
  bulkView,
  byTaskId,
  historyListQuery,
  historyView,
  placeInput,
  taskView,
  watcherListQuery,
  watcherView,
} from './schemas';

/** What is done with many tasks at a time, or beside them. */
export class TaskBoardController implements Controller {
  constructor(
    private readonly changeTasks: ChangeTasks,
    private readonly moveTask: MoveTask,
    private readonly watchTask: WatchTask,
    private readonly taskWatchers: TaskWatchers,
    private readonly taskHistory: TaskHistory,
    private readonly taskQueries: TaskQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/tasks/bulk',
      summary: 'Change up to 100 tasks at a time: all of them, or none',
      access: permission('tasks.update'),
      body: bulkInput,
      answers: { 200: bulkView },
      handle: async ({ actor, body }) => {
        const items = body.tasks.map(({ id, version, ...changes }) => ({
          id,
          ...(version !== undefined && { version }),
          changes,
        }));
        const changed = await this.changeTasks.execute(actor, items);
        const tasks = await this.taskQueries.tasksOf(
          actor.workspaceId,
          items.map(({ id }) => id),
        );
        return done(tasks.map((task, at) => ({ id: task.id, changed: changed[at], task })));
      },
    }),
    route({
      method: 'post',
      path: '/tasks/:id/move',
      summary: 'Put a task to a place among those of a status; at the end without any other named',
      access: permission('tasks.update'),
      params: byTaskId,
      body: placeInput,
      answers: { 200: taskView },
      tagged: true,
      handle: async ({ actor, params, body }) => {
        await this.moveTask.execute(actor, { ...params, ...body });
        return ok(await this.taskQueries.task(actor.workspaceId, params.id));
      },
    }),
    route({
      method: 'get',
      path: '/tasks/:id/history',
      summary: 'List what has happened to a task, the newest first',
      access: permission('tasks.read'),
      params: byTaskId,
      query: historyListQuery,
      answers: { 200: historyView },
      handle: async ({ actor: { workspaceId }, params: { id }, query }) =>
        page(
          await this.paginator.paginate(`history of ${id} in ${workspaceId}`, query, (request) =>
            this.taskHistory.of(workspaceId, id, request),
          ),
        ),
    }),
    route({
      method: 'get',
      path: '/tasks/:id/watchers',
      summary: 'List who watches a task',
      access: permission('tasks.read'),
      params: byTaskId,
      query: watcherListQuery,
      answers: { 200: Joi.array().items(watcherView) },
      handle: async ({ actor: { workspaceId }, params: { id }, query }) => {
        await this.taskQueries.task(workspaceId, id);
        return page(
          await this.paginator.paginate(`watchers of ${id} in ${workspaceId}`, query, (request) =>
            this.taskWatchers.of(workspaceId, id, request),
          ),
        );
      },
    }),
    route({
      method: 'put',
      path: '/tasks/:id/watchers/me',
      summary: 'Watch a task: hear of what others write about it',
      access: permission('tasks.read'),
      params: byTaskId,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.watchTask.watch(actor, params.id);
        return noContent();
      },
    }),
    route({
      method: 'delete',
      path: '/tasks/:id/watchers/me',
      summary: 'Watch a task no more',
      access: permission('tasks.read'),
      params: byTaskId,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.watchTask.unwatch(actor, params.id);
        return noContent();
      },
    }),
  ];
}
