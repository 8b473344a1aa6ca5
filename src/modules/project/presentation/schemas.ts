import Joi, { type SchemaMap } from 'joi';
import type { UserId } from '../../../core/domain/Id';
import { listQuery, type ListQuery } from '../../../core/presentation/pagination';
import { id, moment, momentInput, parsed } from '../../../core/presentation/schema';
import type { ProjectFilters } from '../application/ProjectQueries';
import type { Place } from '../application/MoveTask';
import type { TaskFilters } from '../application/TaskQueries';
import { CalendarDate } from '../domain/CalendarDate';
import type { ProjectChanges } from '../domain/Project';
import type { ProjectId } from '../domain/ProjectId';
import { ProjectKey } from '../domain/ProjectKey';
import { ProjectName } from '../domain/ProjectName';
import { PROJECT_STATUSES } from '../domain/ProjectStatus';
import type { TaskChanges } from '../domain/Task';
import type { TaskId } from '../domain/TaskId';
import { TASK_PRIORITIES } from '../domain/TaskPriority';
import { TASK_STATUSES } from '../domain/TaskStatus';
import { TaskTitle } from '../domain/TaskTitle';

const projectStatus = () => Joi.string().valid(...PROJECT_STATUSES);
const taskStatus = () => Joi.string().valid(...TASK_STATUSES);
const taskPriority = () => Joi.string().valid(...TASK_PRIORITIES);
const version = Joi.number().integer().description('Grows with each change');

/** Whoever and whatever it names: it picks among what one may read anyway. */
const picked = () => Joi.string().guid({ wrapper: false, separator: '-' }).lowercase();

const MAX_DESCRIPTION = 5_000;
const MAX_LABELS = 20;
const MAX_BULK = 100;

const description = Joi.string().max(MAX_DESCRIPTION).allow('', null);

export const projectView = Joi.object({
  id: id('project'),
  name: Joi.string(),
  key: Joi.string(),
  description: Joi.string().allow('', null),
  status: projectStatus(),
  leadId: id('user').allow(null),
  startDate: Joi.string().allow(null).meta({ format: 'date' }),
  endDate: Joi.string().allow(null).meta({ format: 'date' }),
  createdBy: id('user').description('A person, or an API key'),
  createdAt: moment(),
  updatedAt: moment(),
  version,
});

export const taskView = Joi.object({
  id: id('task'),
  title: Joi.string(),
  description: Joi.string().allow('', null),
  status: taskStatus(),
  priority: taskPriority(),
  assigneeId: id('user').allow(null),
  projectId: id('project').allow(null),
  parentId: id('parentTask').allow(null).description('The task that this one is a part of'),
  labelIds: Joi.array().items(id('label')),
  dueDate: moment().allow(null),
  rank: Joi.string().description('Orders tasks within their status, byte by byte'),
  createdBy: id('user').description('A person, or an API key'),
  completedAt: moment().allow(null).description('When it was done, as long as it is'),
  createdAt: moment(),
  updatedAt: moment(),
  version,
});

const day = parsed(CalendarDate, 'A day, like 2026-11-20').allow(null);

const name = parsed(ProjectName, '1 to 100 characters on one line');

const project: SchemaMap<ProjectChanges> = {
  name,
  key: parsed(ProjectKey, '2 to 10 of A-Z and 0-9, beginning with a letter, which no other project has'),
  description,
  leadId: id('user').allow(null).description('An active member'),
  startDate: day,
  endDate: day,
};

export const projectInput = Joi.object<ProjectChanges & { readonly name: ProjectName }>({
  ...project,
  name: name.required(),
  key: parsed(ProjectKey, '2 to 10 of A-Z and 0-9, beginning with a letter; made from the name by default'),
});
export const projectChanges = Joi.object<ProjectChanges>({ ...project, status: projectStatus() }).min(1);
export const projectListQuery = listQuery<ListQuery & ProjectFilters>(['createdAt', 'name'], {
  status: projectStatus(),
  leadId: picked(),
});

const title = parsed(TaskTitle, '1 to 200 characters on one line');

const task: SchemaMap<TaskChanges> = {
  title,
  description,
  status: taskStatus(),
  priority: taskPriority(),
  assigneeId: id('user').allow(null).description('An active member'),
  projectId: id('project').allow(null),
  parentId: id('parentTask').allow(null).description('A task that is no part itself'),
  labelIds: Joi.array().items(id('label')).max(MAX_LABELS).unique(),
  dueDate: momentInput({ orDay: true }).allow(null),
};

export const taskInput = Joi.object<TaskChanges & { readonly title: TaskTitle }>({
  ...task,
  title: title.required(),
});
export const taskChanges = Joi.object<TaskChanges>(task).min(1);

const bulkItem = {
  id: id('task').required(),
  version: Joi.number().integer().min(1).description('The version that is meant; the others are refused with 412'),
  ...task,
};
type BulkItem = TaskChanges & { readonly id: TaskId; readonly version?: number };

export const bulkInput = Joi.object<{ tasks: readonly BulkItem[] }>({
  tasks: Joi.array().items(Joi.object(bulkItem)).min(1).max(MAX_BULK).unique('id').required(),
});
export const bulkView = Joi.array().items(
  Joi.object({
    id: id('task'),
    changed: Joi.boolean().description('false: it was so already'),
    task: taskView,
  }),
);

export const placeInput = Joi.object<Place>({
  status: taskStatus().description('That of the task by default'),
  afterId: id('taskAbove').allow(null).description('The task that it is to stand right behind'),
  beforeId: id('taskBelow').allow(null).description('The task that it is to stand right before'),
});

export const watcherView = Joi.object({ userId: id('user'), name: Joi.string() });
export const watcherListQuery = listQuery<ListQuery>(['name']);

const historyEntryView = Joi.object({
  id: Joi.string().guid().description('The id of the event'),
  at: moment(),
  type: Joi.string().description('The type of the event, e.g. `task.updated`'),
  actor: Joi.object({
    id: id('user').allow(null).description('A person or an API key'),
    kind: Joi.string().valid('person', 'api-key', 'platform', 'anonymous'),
    name: Joi.string().allow(null).description('As it is now; null of a closed account'),
  }),
  changes: Joi.array().items(
    Joi.object({ field: Joi.string(), before: Joi.any().optional(), after: Joi.any().optional() }),
  ),
});
export const historyView = Joi.array()
  .items(historyEntryView)
  .description('Read from the audit, which no archive carries: in an imported workspace it begins with the import');
export const historyListQuery = Joi.object<ListQuery>({
  limit: Joi.number().integer().min(1).max(100).default(20),
  cursor: Joi.string().max(1000).description('`meta.nextCursor` of the page before'),
  sort: Joi.string().valid('-at', 'at').default('-at'),
});

export const TASK_SORTS = ['createdAt', 'updatedAt', 'dueDate', 'priority', 'rank', 'relevance'] as const;

export interface TaskListQuery extends Omit<ListQuery, 'sort'>, Omit<TaskFilters, 'assigneeId'> {
  readonly sort?: string;
  readonly assigneeId?: UserId | 'me';
}

export const taskListQuery = listQuery<ListQuery>(TASK_SORTS, {
  status: taskStatus(),
  priority: taskPriority(),
  assigneeId: picked().allow('me').description('A person, or `me`'),
  projectId: picked(),
  parentId: picked(),
  labelId: picked(),
  dueBefore: momentInput({ orDay: true }),
  dueAfter: momentInput({ orDay: true }),
  q: Joi.string()
    .trim()
    .min(1)
    .max(200)
    .description(
      'Words that title and description have all of, whatever punctuation is between them; of the last one its beginning is enough',
    ),
}).keys({
  sort: Joi.string()
    .valid(...TASK_SORTS.flatMap((field) => [field, `-${field}`]))
    .description(
      '`createdAt` by default, `-relevance` with `q`; `rank` orders the tasks of one `status`, `relevance` up to 2,000, and more by `createdAt`',
    ),
}) as Joi.ObjectSchema<TaskListQuery>;

export const byProjectId = Joi.object<{ id: ProjectId }>({ id: id('project').required() });
export const byTaskId = Joi.object<{ id: TaskId }>({ id: id('task').required() });
