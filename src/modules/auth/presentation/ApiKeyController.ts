import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import { created, noContent, page, permission, route, type Controller } from '../../../core/presentation/Route';
import type { ApiKeyQueries } from '../application/ApiKeyQueries';
import type { CreateApiKey } from '../application/CreateApiKey';
import type { RevokeApiKey } from '../application/RevokeApiKey';
import { apiKeyInput, apiKeyListQuery, apiKeyView, byApiKeyId, newApiKeyView } from './apiKeySchemas';

export class ApiKeyController implements Controller {
  constructor(
    private readonly createApiKey: CreateApiKey,
    private readonly revokeApiKey: RevokeApiKey,
    private readonly apiKeyQueries: ApiKeyQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/api-keys',
      summary: 'Make an API key of the workspace; it is shown this once',
      access: permission('apiKeys.manage'),
      body: apiKeyInput,
      answers: { 201: newApiKeyView },
      handle: async ({ actor, body }) => {
        const { id, key } = await this.createApiKey.execute(actor, body);
        const view = await this.apiKeyQueries.apiKey(actor.workspaceId, id);
        return created({ ...view, key }, `/api-keys/${id}`);
      },
    }),
    route({
      method: 'get',
      path: '/api-keys',
      summary: 'List the API keys of the workspace that were not revoked',
      access: permission('apiKeys.manage'),
      query: apiKeyListQuery,
      answers: { 200: Joi.array().items(apiKeyView) },
      handle: async ({ actor: { workspaceId }, query }) =>
        page(
          await this.paginator.paginate(`API keys of ${workspaceId}`, query, (request) =>
            this.apiKeyQueries.apiKeys(workspaceId, request),
          ),
        ),
    }),
    route({
      method: 'delete',
      path: '/api-keys/:id',
      summary: 'Revoke an API key, at once',
      access: permission('apiKeys.manage'),
      params: byApiKeyId,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.revokeApiKey.execute(actor, { apiKeyId: params.id });
        return noContent();
      },
    }),
  ];
}
