export const TASK_STATUSES = ['todo', 'in_progress', 'done', 'cancelled'] as const;

/** How far a task is; `done` alone is completed. */
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** Whether there is something to do yet. */
export const isOpen = (status: TaskStatus): boolean => status === 'todo' || status === 'in_progress';
