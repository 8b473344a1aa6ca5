import {
  asIs,
  checked,
  exported,
  idOf,
  mentionsIds,
  neverLeaves,
  notExported,
} from '../../../core/application/TableExport';
import { Color } from '../domain/Color';
import { LabelName } from '../domain/LabelName';
import { ProjectKey } from '../domain/ProjectKey';
import { ProjectName } from '../domain/ProjectName';
import { Rank } from '../domain/Rank';
import { TaskTitle } from '../domain/TaskTitle';

export const projectExports = [
  exported('projects', ['id'], {
    id: idOf('projects'),
    name: checked(ProjectName),
    key: checked(ProjectKey),
    description: asIs,
    status: asIs,
    lead_id: idOf('users'),
    start_date: asIs,
    end_date: asIs,
    // An API key, too.
    created_by: mentionsIds,
    created_at: asIs,
    updated_at: asIs,
    deleted_at: asIs,
    version: asIs,
  }),
  exported('labels', ['id'], {
    id: idOf('labels'),
    name: checked(LabelName),
    color: checked(Color),
    created_at: asIs,
    updated_at: asIs,
    version: asIs,
  }),
  exported('tasks', ['id'], {
    id: idOf('tasks'),
    title: checked(TaskTitle),
    description: asIs,
    status: asIs,
    priority: asIs,
    assignee_id: idOf('users'),
    project_id: idOf('projects'),
    parent_id: idOf('tasks'),
    due_date: asIs,
    rank: checked(Rank),
    // An API key, too.
    created_by: mentionsIds,
    completed_at: asIs,
    created_at: asIs,
    updated_at: asIs,
    deleted_at: asIs,
    version: asIs,
    // The database makes them from the rest.
    urgency: neverLeaves(),
    language: neverLeaves(),
    words: neverLeaves(),
  }),
  exported('task_labels', ['task_id', 'label_id'], { task_id: idOf('tasks'), label_id: idOf('labels') }),
  exported('task_watchers', ['task_id', 'user_id'], { task_id: idOf('tasks'), user_id: idOf('users') }),
  notExported('task_reminders', 'They note what this installation has told.'),
  notExported('task_words', 'Triggers make it from tasks.'),
];
