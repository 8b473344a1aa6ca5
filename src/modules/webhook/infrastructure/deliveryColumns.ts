/** What a delivery is read by, but for what it belongs to. */
export const DELIVERY_COLUMNS = `webhook_deliveries.id, event_id AS "eventId", event_type AS "eventType", status, attempts,
  next_attempt_at AS "nextAttemptAt", last_attempt_at AS "lastAttemptAt", response_status AS "responseStatus", failure,
  webhook_deliveries.created_at AS "createdAt", delivered_at AS "deliveredAt"`;
