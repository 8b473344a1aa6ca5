import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import { created, noContent, ok, page, permission, route, type Controller } from '../../../core/presentation/Route';
import type { CreateLabel } from '../application/CreateLabel';
import type { DeleteLabel } from '../application/DeleteLabel';
import type { LabelQueries } from '../application/LabelQueries';
import type { UpdateLabel } from '../application/UpdateLabel';
import { byLabelId, labelChanges, labelInput, labelListQuery, labelView } from './labelSchemas';

export class LabelController implements Controller {
  constructor(
    private readonly createLabel: CreateLabel,
    private readonly updateLabel: UpdateLabel,
    private readonly deleteLabel: DeleteLabel,
    private readonly labelQueries: LabelQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/labels',
      summary: 'Make a label for the tasks of the workspace',
      access: permission('tasks.update'),
      body: labelInput,
      answers: { 201: labelView },
      handle: async ({ actor, body }) => {
        const id = await this.createLabel.execute(actor, body);
        return created(await this.labelQueries.label(actor.workspaceId, id), `/labels/${id}`);
      },
    }),
    route({
      method: 'get',
      path: '/labels',
      summary: 'List the labels of the workspace',
      access: permission('tasks.read'),
      query: labelListQuery,
      answers: { 200: Joi.array().items(labelView) },
      handle: async ({ actor: { workspaceId }, query }) =>
        page(
          await this.paginator.paginate(`labels of ${workspaceId}`, query, (request) =>
            this.labelQueries.labels(workspaceId, request),
          ),
        ),
    }),
    route({
      method: 'get',
      path: '/labels/:id',
      summary: 'Read a label',
      access: permission('tasks.read'),
      params: byLabelId,
      answers: { 200: labelView },
      handle: async ({ actor, params }) => ok(await this.labelQueries.label(actor.workspaceId, params.id)),
    }),
    ...(['patch', 'put'] as const).map((method) =>
      route({
        method,
        path: '/labels/:id',
        summary: 'Change a label; what is left out stays as it is',
        access: permission('tasks.update'),
        params: byLabelId,
        body: labelChanges,
        answers: { 200: labelView },
        handle: async ({ actor, params, body }) => {
          await this.updateLabel.execute(actor, { ...params, changes: body });
          return ok(await this.labelQueries.label(actor.workspaceId, params.id));
        },
      }),
    ),
    route({
      method: 'delete',
      path: '/labels/:id',
      summary: 'Delete a label, and take it from all tasks',
      access: permission('tasks.delete'),
      params: byLabelId,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.deleteLabel.execute(actor, params);
        return noContent();
      },
    }),
  ];
}
