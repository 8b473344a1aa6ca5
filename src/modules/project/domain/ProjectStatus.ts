export const PROJECT_STATUSES = ['active', 'archived'] as const;

/** An archived project takes no new tasks; those that it has stay as they are. */
export type ProjectStatus = (typeof PROJECT_STATUSES)[number];
