/** What a label is, but for its workspace. */
export const LABEL_COLUMNS = 'id, name, color, created_at AS "createdAt", updated_at AS "updatedAt"';
