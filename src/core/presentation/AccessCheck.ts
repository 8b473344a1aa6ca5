import type { Request, Response } from 'express';
import type { Authenticated, Authenticator, WorkspaceAccess } from '../application/Authenticator';
import {
  ANONYMOUS,
  requirePermission,
  type AnonymousActor,
  type UserActor,
  type WorkspaceActor,
} from '../domain/Actor';
import type { WorkspaceId } from '../domain/Id';
import { ForbiddenError } from '../errors/ForbiddenError';
import { UnauthorizedError } from '../errors/UnauthorizedError';
import { ValidationError } from '../errors/ValidationError';
import type { RequestLimits } from './RequestLimits';
import type { Route } from './Route';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Under this path the workspace is the path's; elsewhere it is the header's, or the token's. */
const IN_PATH = '/workspaces/:id';

/** Decides, before anything of a request is looked at, whether its caller may make it. */
export class AccessCheck {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly workspaceAccess: WorkspaceAccess,
    private readonly requestLimits: RequestLimits,
  ) {}

  /**
   * Who calls, counted against their limit; null on a public route.
   * @throws UnauthorizedError, TooManyRequestsError
   */
  async identify({ access, rateLimit }: Route, request: Request, response: Response): Promise<Authenticated | null> {
    if (rateLimit === 'credentials') await this.requestLimits.countCredentialsFrom(response, request.ip ?? '');
    if (access.kind !== 'anyone') return this.authenticate(request, response);
    if (rateLimit !== 'credentials') await this.requestLimits.countAnonymous(response, request.ip ?? '');
    return null;
  }

  /**
   * The actor for whom the route's access rule holds.
   * @throws ForbiddenError, NotFoundError for a workspace that is not the caller's, ValidationError `WORKSPACE_REQUIRED`
   */
  async authorize(
    { access, path }: Route,
    caller: Authenticated | null,
    request: Request,
    params: Readonly<Record<string, string>>,
  ): Promise<AnonymousActor | UserActor | WorkspaceActor> {
    if (access.kind === 'anyone' || !caller) return ANONYMOUS;
    const { actor } = caller;
    if (access.kind === 'signed-in') {
      if (access.emailVerified && !actor.emailVerified) {
        throw new ForbiddenError('EMAIL_NOT_VERIFIED', 'Verify your e-mail address first.');
      }
      return actor;
    }
    if (access.kind === 'platform-admin') {
      if (!actor.platformAdmin) throw new ForbiddenError('PERMISSION_DENIED', 'This takes a platform admin.');
      return actor;
    }
    const workspaceId = path.startsWith(IN_PATH)
      ? (params.id as WorkspaceId)
      : workspaceOf(request, caller.workspaceId);
    const workspaceActor = await this.workspaceAccess.enter(actor, workspaceId);
    if (access.kind === 'permission' && !(access.orSelf && params[access.orSelf] === actor.userId)) {
      requirePermission(workspaceActor, access.permission);
    }
    return workspaceActor;
  }

  private async authenticate(request: Request, response: Response): Promise<Authenticated> {
    try {
      const [, token] = /^Bearer +([^\s]+)$/i.exec(request.headers.authorization ?? '') ?? [];
      if (!token) throw new UnauthorizedError();
      const caller = await this.authenticator.authenticate(token);
      await this.requestLimits.countUser(response, caller.actor.userId);
      return caller;
    } catch (error) {
      // Guessing tokens is anonymous, whatever the guess.
      if (error instanceof UnauthorizedError) await this.requestLimits.countAnonymous(response, request.ip ?? '');
      throw error;
    }
  }
}

function workspaceOf(request: Request, issuedFor: WorkspaceId | undefined): WorkspaceId {
  const header = request.headers['x-workspace-id'];
  if (header === undefined) {
    if (issuedFor) return issuedFor;
    throw new ValidationError(
      'Name the workspace in X-Workspace-Id.',
      { errors: [{ field: 'X-Workspace-Id', message: 'X-Workspace-Id is required.' }] },
      'WORKSPACE_REQUIRED',
    );
  }
  if (typeof header !== 'string' || !UUID.test(header)) {
    throw ValidationError.field('X-Workspace-Id', 'X-Workspace-Id must be a valid GUID.');
  }
  return header.toLowerCase() as WorkspaceId;
}
