import Joi from 'joi';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { Paginator } from '../../../core/presentation/pagination';
import { created, noContent, ok, page, permission, route, type Controller } from '../../../core/presentation/Route';
import type { ChangeTask } from '../application/ChangeTask';
import type { CreateTask } from '../application/CreateTask';
import type { DeleteTask } from '../application/DeleteTask';
import type { RestoreTask } from '../application/RestoreTask';
import type { TaskFilters, TaskQueries } from '../application/TaskQueries';
import { byTaskId, taskChanges, taskInput, taskListQuery, taskView, type TaskListQuery } from './schemas';

export class TaskController implements Controller {
  constructor(
    private readonly createTask: CreateTask,
    private readonly changeTask: ChangeTask,
    private readonly deleteTask: DeleteTask,
    private readonly restoreTask: RestoreTask,
    private readonly taskQueries: TaskQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/tasks',
      summary: 'Make a task',
      access: permission('tasks.create'),
      body: taskInput,
      answers: { 201: taskView },
      handle: async ({ actor, body }) => {
        const id = await this.createTask.execute(actor, body);
        return created(await this.taskQueries.task(actor.workspaceId, id), `/tasks/${id}`);
      },
    }),
    route({
      method: 'get',
      path: '/tasks',
      summary: 'List the tasks of the workspace, or find some by their words',
      access: permission('tasks.read'),
      query: taskListQuery,
      answers: { 200: Joi.array().items(taskView) },
      handle: async ({ actor, query }) => {
        const { workspaceId } = actor;
        const sorted = { ...query, sort: sortOf(query) };
        const filters = filtersOf(actor, query);
        return page(
          await this.paginator.paginate(`tasks of ${workspaceId}`, sorted, (request) =>
            this.taskQueries.tasks(workspaceId, filters, request),
          ),
        );
      },
    }),
    route({
      method: 'get',
      path: '/tasks/:id',
      summary: 'Read a task',
      access: permission('tasks.read'),
      params: byTaskId,
      answers: { 200: taskView },
      handle: async ({ actor, params }) => ok(await this.taskQueries.task(actor.workspaceId, params.id)),
    }),
    ...(['patch', 'put'] as const).map((method) =>
      route({
        method,
        path: '/tasks/:id',
        summary: 'Change a task; what is left out stays as it is',
        access: permission('tasks.update'),
        params: byTaskId,
        body: taskChanges,
        answers: { 200: taskView },
        handle: async ({ actor, params, body }) => {
          await this.changeTask.execute(actor, { ...params, changes: body });
          return ok(await this.taskQueries.task(actor.workspaceId, params.id));
        },
      }),
    ),
    route({
      method: 'delete',
      path: '/tasks/:id',
      summary: 'Delete a task with its parts; it can be restored for 30 days',
      access: permission('tasks.delete'),
      params: byTaskId,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.deleteTask.execute(actor, params);
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/tasks/:id/restore',
      summary: 'Bring a deleted task back, with its parts; without a parent that is gone or a part itself',
      access: permission('tasks.delete'),
      params: byTaskId,
      answers: { 200: taskView },
      tagged: true,
      handle: async ({ actor, params }) => {
        await this.restoreTask.execute(actor, params);
        return ok(await this.taskQueries.task(actor.workspaceId, params.id));
      },
    }),
  ];
}

/** @throws ValidationError for an order that the filters leave without a meaning */
function sortOf({ q, status, sort = q === undefined ? 'createdAt' : '-relevance' }: TaskListQuery): string {
  const refused = (why: string): ValidationError => ValidationError.field('sort', `sort by ${sort} ${why}.`);
  if (sort.endsWith('relevance') && q === undefined) throw refused('takes a q');
  if (sort.endsWith('rank') && status === undefined) throw refused('takes a status');
  return sort;
}

function filtersOf({ userId }: WorkspaceActor, query: TaskListQuery): TaskFilters {
  const { assigneeId, ...filters } = query;
  if (assigneeId === undefined) return filters;
  return { ...filters, assigneeId: assigneeId === 'me' ? userId : assigneeId };
}
