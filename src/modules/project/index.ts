/** What other modules may use of projects and tasks. */
export type { TaskQueries, TaskView } from './application/TaskQueries';
export type { TaskWatchers } from './application/TaskWatchers';
export { taskCreated, taskDeleted, taskRestored, taskUpdated } from './domain/events';
export type { TaskId } from './domain/TaskId';
