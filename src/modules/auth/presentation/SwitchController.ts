import { done, member, route, type Controller } from '../../../core/presentation/Route';
import { byWorkspaceId } from '../../../core/presentation/schema';
import type { WorkspaceQueries } from '../../workspace';
import type { AccessTokens } from '../application/AccessTokens';
import { workspaceTokenView } from './schemas';
import type { SignInAnswers } from './SignInAnswers';

export class SwitchController implements Controller {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly workspaceQueries: WorkspaceQueries,
    private readonly signInAnswers: SignInAnswers,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/workspaces/:id/switch',
      summary: 'Get an access token issued for a workspace, and what you may do there',
      access: member({ peopleOnly: true }),
      params: byWorkspaceId,
      answers: { 200: workspaceTokenView },
      handle: async ({ actor, browser }) => {
        const { workspaceId, roles, permissions } = actor;
        const accessToken = this.accessTokens.issue(actor);
        const answer = {
          expiresIn: this.accessTokens.lifetimeSeconds,
          workspace: await this.workspaceQueries.workspace(workspaceId),
          roles,
          permissions: [...permissions].sort(),
        };
        if (browser.accessToken === undefined) return done({ accessToken, ...answer });
        return { ...done(answer), cookies: this.signInAnswers.cookies({ accessToken }) };
      },
    }),
  ];
}
