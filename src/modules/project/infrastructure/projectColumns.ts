/** What a project is, but for its workspace and deletion. Days are texts: those of JavaScript have a time and a zone. */
export const PROJECT_COLUMNS = `id, name, key, description, status, lead_id AS "leadId", start_date::text AS "startDate",
  end_date::text AS "endDate", created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt", version`;
