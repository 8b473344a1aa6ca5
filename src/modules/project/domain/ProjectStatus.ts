export const PROJECT_STATUSES = ['active', 'archived'] as const;

/** An archived project takes no new tasks, nor parts of its tasks; those that it has stay as they are. */
export type ProjectStatus = (typeof PROJECT_STATUSES)[number];
