import { defineEvent } from '../../../core/domain/DomainEvent';
import {
  aMoment,
  anId,
  aNumber,
  anObject,
  aRecord,
  aText,
  described,
  listOf,
  nullable,
  oneOf,
} from '../../../core/domain/FactSchema';
import type { UserId } from '../../../core/domain/Id';
import type { LabelId } from './LabelId';
import type { ProjectId } from './ProjectId';
import { PROJECT_STATUSES, type ProjectStatus } from './ProjectStatus';
import type { TaskId } from './TaskId';
import { TASK_PRIORITIES, type TaskPriority } from './TaskPriority';
import { TASK_STATUSES, type TaskStatus } from './TaskStatus';

/** A project as a client reads it. */
export interface ProjectFacts {
  readonly id: ProjectId;
  readonly name: string;
  readonly key: string;
  readonly description: string | null;
  readonly status: ProjectStatus;
  readonly leadId: UserId | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly createdBy: UserId;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

/** A task as a client reads it. */
export interface TaskFacts {
  readonly id: TaskId;
  readonly title: string;
  readonly description: string | null;
  readonly status: TaskStatus;
  readonly priority: TaskPriority;
  readonly assigneeId: UserId | null;
  readonly projectId: ProjectId | null;
  readonly parentId: TaskId | null;
  readonly labelIds: readonly LabelId[];
  readonly dueDate: string | null;
  readonly rank: string;
  readonly createdBy: UserId;
  readonly completedAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

/** A label as a client reads it. */
export interface LabelFacts {
  readonly id: LabelId;
  readonly name: string;
  readonly color: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const aDate = { type: 'string', format: 'date' };
const CHANGED = described(listOf(aText), 'The names of the members that are not what they were');
const BEFORE = described(anObject, 'What they were');

const PROJECT = aRecord<ProjectFacts>({
  id: anId,
  name: aText,
  key: aText,
  description: nullable(aText),
  status: oneOf(...PROJECT_STATUSES),
  leadId: nullable(anId),
  startDate: nullable(aDate),
  endDate: nullable(aDate),
  createdBy: anId,
  createdAt: aMoment,
  updatedAt: aMoment,
  version: aNumber,
});

const TASK = aRecord<TaskFacts>({
  id: anId,
  title: aText,
  description: nullable(aText),
  status: oneOf(...TASK_STATUSES),
  priority: oneOf(...TASK_PRIORITIES),
  assigneeId: nullable(anId),
  projectId: nullable(anId),
  parentId: nullable(anId),
  labelIds: listOf(anId),
  dueDate: nullable(aMoment),
  rank: described(aText, 'Orders tasks within their status, byte by byte'),
  createdBy: anId,
  completedAt: nullable(aMoment),
  createdAt: aMoment,
  updatedAt: aMoment,
  version: aNumber,
});

const LABEL = aRecord<LabelFacts>({ id: anId, name: aText, color: aText, createdAt: aMoment, updatedAt: aMoment });

export const projectCreated = defineEvent<{ project: ProjectFacts }>('project.created', {
  socket: 'project:created',
  permission: 'projects.read',
  facts: { project: PROJECT },
});
/** `before` holds what the changed members were, for the audit to tell. */
export const projectUpdated = defineEvent<{
  project: ProjectFacts;
  changed: readonly string[];
  before: Partial<ProjectFacts>;
}>('project.updated', {
  socket: 'project:updated',
  permission: 'projects.read',
  facts: { project: PROJECT, changed: CHANGED, before: BEFORE },
});
/** Its tasks go with it, of which nothing else is told, but of those that came into it meanwhile. */
export const projectDeleted = defineEvent<{ projectId: ProjectId; restorableUntil: string }>('project.deleted', {
  socket: 'project:deleted',
  permission: 'projects.read',
  facts: { projectId: anId, restorableUntil: aMoment },
});
/** Its tasks are back with it; of those alone that are not what they were it is told what they are. */
export const projectRestored = defineEvent<{
  project: ProjectFacts;
  changed: readonly string[];
  before: Partial<ProjectFacts>;
}>('project.restored', {
  socket: 'project:created',
  permission: 'projects.read',
  facts: { project: PROJECT, changed: CHANGED, before: BEFORE },
});

export const taskCreated = defineEvent<{ task: TaskFacts }>('task.created', {
  socket: 'task:created',
  permission: 'tasks.read',
  facts: { task: TASK },
});
/** `before` holds what the changed members were, for the audit to tell. */
export const taskUpdated = defineEvent<{
  task: TaskFacts;
  changed: readonly string[];
  before: Partial<TaskFacts>;
}>('task.updated', {
  socket: 'task:updated',
  permission: 'tasks.read',
  facts: { task: TASK, changed: CHANGED, before: BEFORE },
});
export const taskDeleted = defineEvent<{ taskId: TaskId; restorableUntil: string }>('task.deleted', {
  socket: 'task:deleted',
  permission: 'tasks.read',
  facts: { taskId: anId, restorableUntil: aMoment },
});
/** What it could not come back with is changed. */
export const taskRestored = defineEvent<{
  task: TaskFacts;
  changed: readonly string[];
  before: Partial<TaskFacts>;
}>('task.restored', {
  socket: 'task:created',
  permission: 'tasks.read',
  facts: { task: TASK, changed: CHANGED, before: BEFORE },
});
/** It is told once for each due date of a task; nobody has done anything. */
export const taskDueSoon = defineEvent<{
  taskId: TaskId;
  title: string;
  assigneeId: UserId | null;
  dueDate: string;
}>('task.due-soon');

export const labelCreated = defineEvent<{ label: LabelFacts }>('label.created', {
  socket: 'label:created',
  permission: 'tasks.read',
  facts: { label: LABEL },
});
/** `before` holds what the changed members were, for the audit to tell. */
export const labelUpdated = defineEvent<{
  label: LabelFacts;
  changed: readonly string[];
  before: Partial<LabelFacts>;
}>('label.updated', {
  socket: 'label:updated',
  permission: 'tasks.read',
  facts: { label: LABEL, changed: CHANGED, before: BEFORE },
});
/** It is taken from all tasks, of which nothing else is told. */
export const labelDeleted = defineEvent<{ labelId: LabelId; name: string }>('label.deleted', {
  socket: 'label:deleted',
  permission: 'tasks.read',
  facts: { labelId: anId, name: aText },
});
