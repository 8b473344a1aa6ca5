import Joi from 'joi';
import type { EmailTiming } from '../../../core/domain/NotificationKind';
import type { WorkspaceId } from '../../../core/domain/Id';
import { listQuery, type ListQuery } from '../../../core/presentation/pagination';
import { id, moment, parsed } from '../../../core/presentation/schema';
import type { NotificationFilters } from '../application/NotificationQueries';
import type { PreferenceChange } from '../application/Preferences';
import type { NotificationId } from '../domain/NotificationId';
import { PushEndpoint } from '../domain/PushEndpoint';
import { authSecret, p256dhKey } from '../domain/pushKeys';

export const notificationView = Joi.object({
  id: id('notification'),
  workspaceId: id('workspace'),
  kind: Joi.string(),
  title: Joi.string().description('In plain text; names in it are what people call themselves'),
  path: Joi.string().description('Below the address of the frontend'),
  facts: Joi.object()
    .pattern(Joi.string(), Joi.string().allow(''))
    .description('Ids and names, by kind; `actor` is that of an API key'),
  actorId: id('user').allow(null).description('Who did it, a person or an API key; null for the platform itself'),
  readAt: moment().allow(null),
  createdAt: moment(),
});

const workspaceFilter = () => id('workspace').description('Only of this workspace of yours');

export const notificationListQuery = listQuery<ListQuery & NotificationFilters>(['-createdAt'], {
  unread: Joi.boolean().description('Only those that are not read, or only those that are'),
  workspaceId: workspaceFilter(),
});

export const unreadCountQuery = Joi.object<{ workspaceId?: WorkspaceId }>({ workspaceId: workspaceFilter() });
export const unreadCountView = Joi.object({ unread: Joi.number().integer() });

export const byNotification = Joi.object<{ id: NotificationId }>({ id: id('notification').required() });

const timing = () => Joi.string<EmailTiming>().valid('off', 'immediate', 'daily');

export const preferencesView = Joi.object({
  kinds: Joi.array().items(
    Joi.object({
      kind: Joi.string(),
      description: Joi.string(),
      inApp: Joi.boolean(),
      email: timing().description('`daily`: one mail a day, at eight in the morning where the person is'),
      push: Joi.boolean(),
    }),
  ),
});

export const preferencesInput = Joi.object<{ kinds: readonly PreferenceChange[] }>({
  kinds: Joi.array()
    .items(
      Joi.object({
        kind: Joi.string().max(100).required(),
        inApp: Joi.boolean(),
        email: timing(),
        push: Joi.boolean(),
      }),
    )
    .min(1)
    .max(100)
    .unique('kind')
    .required()
    .description('Kinds, and ways, that are not named stay as they are'),
});

export const pushKeyView = Joi.object({
  publicKey: Joi.string().description('The `applicationServerKey` to subscribe with, in base64url'),
});

const endpoint = () => parsed(PushEndpoint, 'An https URL, not into a private network').required();

interface PushSubscriptionInput {
  readonly endpoint: PushEndpoint;
  readonly expirationTime?: number | null;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

export const pushSubscriptionInput = Joi.object<PushSubscriptionInput>({
  endpoint: endpoint(),
  expirationTime: Joi.number().allow(null),
  keys: Joi.object({
    p256dh: parsed(p256dhKey, 'A public key of P-256 in base64url').required(),
    auth: parsed(authSecret, '16 bytes in base64url').required(),
  }).required(),
}).description('A `PushSubscription` as a browser’s `toJSON()` makes it');

export const pushEndpointInput = Joi.object<{ endpoint: PushEndpoint }>({ endpoint: endpoint() });
