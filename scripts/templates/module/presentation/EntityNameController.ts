import Joi from 'joi';
import type { Paginator } from '../../../../src/core/presentation/pagination';
import {
  created,
  noContent,
  ok,
  page,
  permission,
  route,
  type Controller,
} from '../../../../src/core/presentation/Route';
import type { CreateEntityName } from '../application/CreateEntityName';
import type { DeleteEntityName } from '../application/DeleteEntityName';
import type { EntityNameQueries } from '../application/EntityNameQueries';
import type { UpdateEntityName } from '../application/UpdateEntityName';
import { byEntityNameId, entityNameChanges, entityNameInput, entityNameListQuery, entityNameView } from './schemas';

export class EntityNameController implements Controller {
  constructor(
    private readonly createEntityName: CreateEntityName,
    private readonly updateEntityName: UpdateEntityName,
    private readonly deleteEntityName: DeleteEntityName,
    private readonly entityNameQueries: EntityNameQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/entity-names',
      summary: 'Make an entity name',
      access: permission('entityNames.create'),
      body: entityNameInput,
      answers: { 201: entityNameView },
      handle: async ({ actor, body }) => {
        const id = await this.createEntityName.execute(actor, body);
        return created(await this.entityNameQueries.entityName(actor.workspaceId, id), `/entity-names/${id}`);
      },
    }),
    route({
      method: 'get',
      path: '/entity-names',
      summary: 'List the entity names of the workspace',
      access: permission('entityNames.read'),
      query: entityNameListQuery,
      answers: { 200: Joi.array().items(entityNameView) },
      handle: async ({ actor: { workspaceId }, query }) =>
        page(
          await this.paginator.paginate(`entity names of ${workspaceId}`, query, (request) =>
            this.entityNameQueries.entityNames(workspaceId, request),
          ),
        ),
    }),
    route({
      method: 'get',
      path: '/entity-names/:id',
      summary: 'Read an entity name',
      access: permission('entityNames.read'),
      params: byEntityNameId,
      answers: { 200: entityNameView },
      handle: async ({ actor, params }) => ok(await this.entityNameQueries.entityName(actor.workspaceId, params.id)),
    }),
    ...(['patch', 'put'] as const).map((method) =>
      route({
        method,
        path: '/entity-names/:id',
        summary: 'Change an entity name; what is left out stays as it is',
        access: permission('entityNames.update'),
        params: byEntityNameId,
        body: entityNameChanges,
        answers: { 200: entityNameView },
        handle: async ({ actor, params, body }) => {
          await this.updateEntityName.execute(actor, { ...params, ...body });
          return ok(await this.entityNameQueries.entityName(actor.workspaceId, params.id));
        },
      }),
    ),
    route({
      method: 'delete',
      path: '/entity-names/:id',
      summary: 'Delete an entity name',
      access: permission('entityNames.delete'),
      params: byEntityNameId,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.deleteEntityName.execute(actor, params);
        return noContent();
      },
    }),
  ];
}
