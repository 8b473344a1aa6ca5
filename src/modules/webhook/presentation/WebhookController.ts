import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import { created, noContent, ok, page, permission, route, type Controller } from '../../../core/presentation/Route';
import type { CreateWebhook } from '../application/CreateWebhook';
import type { DeleteWebhook } from '../application/DeleteWebhook';
import type { UpdateWebhook } from '../application/UpdateWebhook';
import type { WebhookQueries } from '../application/WebhookQueries';
import { byWebhookId, newWebhookView, webhookChanges, webhookInput, webhookListQuery, webhookView } from './schemas';

export class WebhookController implements Controller {
  constructor(
    private readonly createWebhook: CreateWebhook,
    private readonly updateWebhook: UpdateWebhook,
    private readonly deleteWebhook: DeleteWebhook,
    private readonly webhookQueries: WebhookQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/webhooks',
      summary: 'Make a webhook; its secret is shown this once',
      access: permission('webhooks.manage'),
      body: webhookInput,
      answers: { 201: newWebhookView },
      handle: async ({ actor, body }) => {
        const { id, secret } = await this.createWebhook.execute(actor, body);
        const view = await this.webhookQueries.webhook(actor.workspaceId, id);
        return created({ ...view, secret }, `/webhooks/${id}`);
      },
    }),
    route({
      method: 'get',
      path: '/webhooks',
      summary: 'List the webhooks of the workspace',
      access: permission('webhooks.manage'),
      query: webhookListQuery,
      answers: { 200: Joi.array().items(webhookView) },
      handle: async ({ actor: { workspaceId }, query }) =>
        page(
          await this.paginator.paginate(`webhooks of ${workspaceId}`, query, (request) =>
            this.webhookQueries.webhooks(workspaceId, request),
          ),
        ),
    }),
    route({
      method: 'get',
      path: '/webhooks/:id',
      summary: 'Read a webhook',
      access: permission('webhooks.manage'),
      params: byWebhookId,
      answers: { 200: webhookView },
      handle: async ({ actor, params }) => ok(await this.webhookQueries.webhook(actor.workspaceId, params.id)),
    }),
    route({
      method: 'put',
      path: '/webhooks/:id',
      summary: 'Change a webhook, disable it, or enable it again',
      access: permission('webhooks.manage'),
      params: byWebhookId,
      body: webhookChanges,
      answers: { 200: webhookView },
      handle: async ({ actor, params, body }) => {
        await this.updateWebhook.execute(actor, { ...params, ...body });
        return ok(await this.webhookQueries.webhook(actor.workspaceId, params.id));
      },
    }),
    route({
      method: 'delete',
      path: '/webhooks/:id',
      summary: 'Delete a webhook with its deliveries',
      access: permission('webhooks.manage'),
      params: byWebhookId,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.deleteWebhook.execute(actor, params);
        return noContent();
      },
    }),
  ];
}
