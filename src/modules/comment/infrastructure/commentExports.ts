import { asIs, exported, idOf, mentionsIds, mentionsIdsWhere } from '../../../core/application/TableExport';
import { MENTION } from '../domain/mentionsIn';

export const commentExports = [
  exported('task_comments', ['id'], {
    id: idOf('task_comments'),
    task_id: idOf('tasks'),
    // An API key, too.
    author_id: mentionsIds,
    // Other ids that people write mean something elsewhere.
    body: mentionsIdsWhere(MENTION),
    mentions: mentionsIds,
    created_at: asIs,
    updated_at: asIs,
    version: asIs,
    event_id: mentionsIds,
  }),
];
