import Joi from 'joi';
import type { WorkspaceAccess } from '../../../core/application/Authenticator';
import type { UserActor } from '../../../core/domain/Actor';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { Paginator } from '../../../core/presentation/pagination';
import { done, noContent, page, route, signedIn, type Controller } from '../../../core/presentation/Route';
import type { MarkAllRead } from '../application/MarkAllRead';
import type { MarkRead } from '../application/MarkRead';
import type { NotificationKinds } from '../application/NotificationKinds';
import type { NotificationQueries } from '../application/NotificationQueries';
import { byNotification, notificationListQuery, notificationView, unreadCountQuery, unreadCountView } from './schemas';

/** What a person was told, across the workspaces they are in. */
export class NotificationController implements Controller {
  constructor(
    private readonly notificationQueries: NotificationQueries,
    private readonly notificationKinds: NotificationKinds,
    private readonly markRead: MarkRead,
    private readonly markAllRead: MarkAllRead,
    private readonly workspaceAccess: WorkspaceAccess,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/notifications',
      summary: 'List your notifications from all your workspaces, the newest first',
      access: signedIn(),
      query: notificationListQuery,
      answers: { 200: Joi.array().items(notificationView) },
      handle: async ({ actor, query }) => {
        await this.assertMember(actor, query.workspaceId);
        const { items, meta } = await this.paginator.paginate(`notifications of ${actor.userId}`, query, (request) =>
          this.notificationQueries.list(actor.userId, query, request),
        );
        return page({ items: items.map((row) => this.notificationKinds.view(row)), meta });
      },
    }),
    route({
      method: 'get',
      path: '/notifications/unread-count',
      summary: 'Count your notifications that you have not read',
      access: signedIn(),
      query: unreadCountQuery,
      answers: { 200: unreadCountView },
      tagged: false,
      handle: async ({ actor, query: { workspaceId } }) => {
        await this.assertMember(actor, workspaceId);
        return done({ unread: await this.notificationQueries.unreadCount(actor.userId, workspaceId) });
      },
    }),
    route({
      method: 'post',
      path: '/notifications/read-all',
      summary: 'Mark all your notifications as read',
      access: signedIn(),
      answers: { 204: null },
      handle: async ({ actor }) => {
        await this.markAllRead.execute(actor);
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/notifications/:id/read',
      summary: 'Mark one of your notifications as read',
      access: signedIn(),
      params: byNotification,
      answers: { 200: notificationView },
      handle: async ({ actor, params }) => {
        await this.markRead.execute(actor, params);
        const row = await this.notificationQueries.notification(actor.userId, params.id);
        return done(this.notificationKinds.view(row));
      },
    }),
  ];

  /** @throws NotFoundError for somebody who is not */
  private async assertMember(actor: UserActor, workspaceId: WorkspaceId | undefined): Promise<void> {
    if (workspaceId) await this.workspaceAccess.enter(actor, workspaceId);
  }
}
