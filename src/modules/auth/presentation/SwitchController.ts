import { done, member, route, type Controller } from '../../../core/presentation/Route';
import { byWorkspaceId } from '../../../core/presentation/schema';
import type { WorkspaceQueries } from '../../workspace';
import type { AccessTokens } from '../application/AccessTokens';
import { workspaceTokenView } from './schemas';

export class SwitchController implements Controller {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly workspaceQueries: WorkspaceQueries,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/workspaces/:id/switch',
      summary: 'Get an access token issued for a workspace, and what you may do there',
      access: member(),
      params: byWorkspaceId,
      answers: { 200: workspaceTokenView },
      handle: async ({ actor }) => {
        const { workspaceId, roles, permissions } = actor;
        return done({
          accessToken: this.accessTokens.issue(actor),
          expiresIn: this.accessTokens.lifetimeSeconds,
          workspace: await this.workspaceQueries.workspace(workspaceId),
          roles,
          permissions: [...permissions].sort(),
        });
      },
    }),
  ];
}
