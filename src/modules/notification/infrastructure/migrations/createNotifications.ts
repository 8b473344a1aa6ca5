import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { platformTable, tenantTable } from '../../../../core/infrastructure/database/tenantTable';

/**
 * A notification is a row of a workspace that its person may read outside of it, as long as they are an active member,
 * or were invited and still may come. How people want to be told, and where, is theirs, and of no workspace.
 */
export const createNotifications: Migration = {
  name: '20261120T1660-notification-create-notifications',
  up: (sql) =>
    sql(`
      CREATE TABLE notifications (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        user_id uuid NOT NULL REFERENCES users,
        event_id uuid NOT NULL,
        kind text NOT NULL,
        actor_id uuid,
        facts jsonb NOT NULL,
        permission text,
        in_app boolean NOT NULL,
        outsider_until timestamptz,
        digest_at timestamptz,
        created_at timestamptz NOT NULL,
        read_at timestamptz,
        mailed_at timestamptz,
        pushed_at timestamptz,
        PRIMARY KEY (workspace_id, id),
        CONSTRAINT notifications_once UNIQUE (workspace_id, event_id, user_id)
      );
      CREATE INDEX notifications_of_person ON notifications (user_id, created_at, id);
      CREATE INDEX notifications_unread ON notifications (user_id, created_at, id) WHERE read_at IS NULL;
      CREATE INDEX notifications_for_digest ON notifications (digest_at, user_id)
        WHERE digest_at IS NOT NULL AND mailed_at IS NULL AND read_at IS NULL;
      CREATE INDEX notifications_by_age ON notifications (created_at);
      ${tenantTable('notifications', {
        ownRows: (userId) => `
          user_id = ${userId} AND (
            outsider_until > now()
            OR workspace_id IN (SELECT workspace_id FROM members WHERE user_id = ${userId} AND status = 'active'))`,
      })}

      CREATE TABLE notified_events (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        event_id uuid NOT NULL,
        kind text NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (workspace_id, event_id, kind)
      );
      CREATE INDEX notified_events_by_age ON notified_events (created_at);
      ${tenantTable('notified_events')}

      CREATE TABLE notification_preferences (
        user_id uuid NOT NULL REFERENCES users,
        kind text NOT NULL,
        in_app boolean NOT NULL,
        email text NOT NULL CHECK (email IN ('off', 'immediate', 'daily')),
        push boolean NOT NULL,
        PRIMARY KEY (user_id, kind)
      );
      ${platformTable('notification_preferences')}

      CREATE TABLE push_subscriptions (
        endpoint text PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users,
        p256dh text NOT NULL,
        auth text NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE INDEX push_subscriptions_of_person ON push_subscriptions (user_id, created_at);
      ${platformTable('push_subscriptions')}
    `),
  down: (sql) => sql('DROP TABLE push_subscriptions, notification_preferences, notified_events, notifications'),
};
