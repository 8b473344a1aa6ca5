import Joi from 'joi';
import { listQuery, type ListQuery } from '../../../core/presentation/pagination';
import { id, moment, momentInput, parsed } from '../../../core/presentation/schema';
import type { DeliveryFilter } from '../application/WebhookQueries';
import type { DeliveryId, WebhookId } from '../domain/WebhookId';
import { WebhookUrl } from '../domain/WebhookUrl';

const webhook = {
  id: id('webhook'),
  url: Joi.string(),
  events: Joi.array().items(Joi.string()),
  enabled: Joi.boolean(),
  disabledReason: Joi.valid('by-hand', 'failing').allow(null).description('`failing`: too much could not be delivered'),
  failingSince: moment().allow(null).description('Since when every delivery had to be given up'),
  previousSecretUntil: moment().allow(null).description('Until when the secret before signs as well'),
  createdBy: id('user').description('A person, or an API key'),
  createdAt: moment(),
  updatedAt: moment(),
};

const secret = Joi.string().description('`whsec_…`, shown this once: the key of its signatures (Standard Webhooks)');

export const webhookView = Joi.object(webhook);
export const newWebhookView = Joi.object({ ...webhook, secret });
export const rotatedSecretView = Joi.object({ secret, previousSecretUntil: webhook.previousSecretUntil });

export const deliveryView = Joi.object({
  id: id('delivery'),
  eventId: Joi.string().guid().description('The `webhook-id` that the receiver sees'),
  eventType: Joi.string(),
  status: Joi.valid('pending', 'delivered', 'failed'),
  attempts: Joi.number().integer().description('Since it was made, or last sent again by hand'),
  nextAttemptAt: moment().allow(null),
  lastAttemptAt: moment().allow(null),
  responseStatus: Joi.number().integer().allow(null).description('What the receiver answered at last'),
  failure: Joi.string().allow(null).description('Why there was no answer, in a word that stays the same'),
  createdAt: moment(),
  deliveredAt: moment().allow(null),
});

const url = parsed(WebhookUrl, 'http or https, without credentials and fragment; it must lead to a public address');

const events = Joi.array()
  .items(Joi.string().max(100))
  .min(1)
  .max(100)
  .unique()
  .description('The types of events that it hears, of those that sockets tell the workspace; `*` for all');

interface NewWebhook {
  readonly url: WebhookUrl;
  readonly events: readonly string[];
}

export const webhookInput = Joi.object<NewWebhook>({ url: url.required(), events: events.required() });

export const webhookChanges = Joi.object<Partial<NewWebhook> & { readonly enabled?: boolean }>({
  events,
  url,
  enabled: Joi.boolean().description('true: begins anew after it was disabled'),
}).min(1);

export const spanInput = Joi.object<{ from: Date; to: Date }>({
  from: momentInput().required().description('This moment and later'),
  to: momentInput().required().description('Before this moment'),
});
export const replayView = Joi.object({ deliveries: Joi.number().integer().description('How many are on their way') });

export const webhookListQuery = listQuery<ListQuery>(['createdAt']);
export const deliveryListQuery = listQuery<ListQuery & DeliveryFilter>(['createdAt'], {
  status: Joi.valid('pending', 'delivered', 'failed'),
});

export const byWebhookId = Joi.object<{ id: WebhookId }>({ id: id('webhook').required() });
export const byDeliveryId = Joi.object<{ id: WebhookId; deliveryId: DeliveryId }>({
  id: id('webhook').required(),
  deliveryId: id('delivery').required(),
});

export interface EventQuery {
  readonly after?: string;
  readonly limit: number;
}

export const eventQuery = Joi.object<EventQuery>({
  after: Joi.string().max(100).description('`meta.nextCursor` of the answer before, or the `cursor` of any event'),
  limit: Joi.number().integer().min(1).max(100).default(20),
});

export const eventView = Joi.object({
  id: Joi.string().guid(),
  type: Joi.string(),
  workspaceId: id('workspace'),
  cursor: Joi.string(),
  occurredAt: Joi.string().isoDate(),
  actorId: Joi.string().guid().allow(null),
})
  .unknown()
  .description('The facts of the event stand beside these, as on sockets');
