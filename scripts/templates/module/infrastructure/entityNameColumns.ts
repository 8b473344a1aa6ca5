/** What an entity name is read by, but for the workspace that it belongs to. */
export const ENTITY_NAME_COLUMNS = `id, title, body, created_by AS "createdBy", created_at AS "createdAt",
  updated_at AS "updatedAt", version`;
