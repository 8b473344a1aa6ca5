import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import { accepted, done, page, permission, route, type Controller } from '../../../core/presentation/Route';
import type { ReplayDelivery } from '../application/ReplayDelivery';
import type { ReplayTimeSpan } from '../application/ReplayTimeSpan';
import type { RotateWebhookSecret } from '../application/RotateWebhookSecret';
import type { WebhookQueries } from '../application/WebhookQueries';
import {
  byDeliveryId,
  byWebhookId,
  deliveryListQuery,
  deliveryView,
  replayView,
  rotatedSecretView,
  spanInput,
} from './schemas';

export class DeliveryController implements Controller {
  constructor(
    private readonly rotateWebhookSecret: RotateWebhookSecret,
    private readonly replayDelivery: ReplayDelivery,
    private readonly replayTimeSpan: ReplayTimeSpan,
    private readonly webhookQueries: WebhookQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/webhooks/:id/rotate-secret',
      summary: 'Give a webhook a new secret, shown this once; for 24 hours the one before signs as well',
      access: permission('webhooks.manage'),
      params: byWebhookId,
      answers: { 200: rotatedSecretView },
      handle: async ({ actor, params }) => done(await this.rotateWebhookSecret.execute(actor, params)),
    }),
    route({
      method: 'get',
      path: '/webhooks/:id/deliveries',
      summary: 'List what was sent, or is to be, within the last 30 days',
      access: permission('webhooks.manage'),
      params: byWebhookId,
      query: deliveryListQuery,
      answers: { 200: Joi.array().items(deliveryView) },
      handle: async ({ actor: { workspaceId }, params: { id }, query }) =>
        page(
          await this.paginator.paginate(`deliveries of ${id} in ${workspaceId}`, query, (request) =>
            this.webhookQueries.deliveries(workspaceId, id, query, request),
          ),
        ),
    }),
    route({
      method: 'post',
      path: '/webhooks/:id/deliveries/:deliveryId/replay',
      summary: 'Send a delivery again',
      access: permission('webhooks.manage'),
      params: byDeliveryId,
      answers: { 202: Joi.object() },
      handle: async ({ actor, params }) => {
        await this.replayDelivery.execute(actor, params);
        return accepted();
      },
    }),
    route({
      method: 'post',
      path: '/webhooks/:id/replay',
      summary: 'Send all that happened in a span of time, whether or not it was sent before',
      access: permission('webhooks.manage'),
      params: byWebhookId,
      body: spanInput,
      answers: { 200: replayView },
      handle: async ({ actor, params, body }) =>
        done({ deliveries: await this.replayTimeSpan.execute(actor, { ...params, ...body }) }),
    }),
  ];
}
