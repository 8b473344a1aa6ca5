import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import { created, noContent, ok, page, permission, route, type Controller } from '../../../core/presentation/Route';
import type { CreateProject } from '../application/CreateProject';
import type { DeleteProject } from '../application/DeleteProject';
import type { ProjectQueries } from '../application/ProjectQueries';
import type { RestoreProject } from '../application/RestoreProject';
import type { UpdateProject } from '../application/UpdateProject';
import { byProjectId, projectChanges, projectInput, projectListQuery, projectView } from './schemas';

export class ProjectController implements Controller {
  constructor(
    private readonly createProject: CreateProject,
    private readonly updateProject: UpdateProject,
    private readonly deleteProject: DeleteProject,
    private readonly restoreProject: RestoreProject,
    private readonly projectQueries: ProjectQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/projects',
      summary: 'Make a project',
      access: permission('projects.create'),
      body: projectInput,
      answers: { 201: projectView },
      handle: async ({ actor, body }) => {
        const id = await this.createProject.execute(actor, body);
        return created(await this.projectQueries.project(actor.workspaceId, id), `/projects/${id}`);
      },
    }),
    route({
      method: 'get',
      path: '/projects',
      summary: 'List the projects of the workspace',
      access: permission('projects.read'),
      query: projectListQuery,
      answers: { 200: Joi.array().items(projectView) },
      handle: async ({ actor: { workspaceId }, query }) =>
        page(
          await this.paginator.paginate(`projects of ${workspaceId}`, query, (request) =>
            this.projectQueries.projects(workspaceId, query, request),
          ),
        ),
    }),
    route({
      method: 'get',
      path: '/projects/:id',
      summary: 'Read a project',
      access: permission('projects.read'),
      params: byProjectId,
      answers: { 200: projectView },
      handle: async ({ actor, params }) => ok(await this.projectQueries.project(actor.workspaceId, params.id)),
    }),
    ...(['patch', 'put'] as const).map((method) =>
      route({
        method,
        path: '/projects/:id',
        summary: 'Change a project, or archive it; what is left out stays as it is',
        access: permission('projects.update'),
        params: byProjectId,
        body: projectChanges,
        answers: { 200: projectView },
        handle: async ({ actor, params, body }) => {
          await this.updateProject.execute(actor, { ...params, changes: body });
          return ok(await this.projectQueries.project(actor.workspaceId, params.id));
        },
      }),
    ),
    route({
      method: 'delete',
      path: '/projects/:id',
      summary: 'Delete a project with its tasks; it can be restored for 30 days',
      access: permission('projects.delete'),
      params: byProjectId,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.deleteProject.execute(actor, params);
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/projects/:id/restore',
      summary: 'Bring a deleted project back, with the tasks that went with it where they can stand',
      access: permission('projects.delete'),
      params: byProjectId,
      answers: { 200: projectView },
      tagged: true,
      handle: async ({ actor, params }) => {
        await this.restoreProject.execute(actor, params);
        return ok(await this.projectQueries.project(actor.workspaceId, params.id));
      },
    }),
  ];
}
