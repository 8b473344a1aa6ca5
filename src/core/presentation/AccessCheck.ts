import type { Request, Response } from 'express';
import type { Authenticated, Authenticator, WorkspaceAccess } from '../application/Authenticator';
import {
  ANONYMOUS,
  requirePermission,
  type AnonymousActor,
  type UserActor,
  type WorkspaceActor,
} from '../domain/Actor';
import { isUuid, type WorkspaceId } from '../domain/Id';
import { ForbiddenError } from '../errors/ForbiddenError';
import { UnauthorizedError } from '../errors/UnauthorizedError';
import { ValidationError } from '../errors/ValidationError';
import type { BrowserSession } from './browser/BrowserSession';
import type { RequestLimits } from './RequestLimits';
import { isInWorkspace, type Route } from './Route';

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
   * @throws UnauthorizedError, TooManyRequestsError, ForbiddenError `CSRF_FAILED`
   */
  async identify(
    { access, rateLimit }: Route,
    request: Request,
    response: Response,
    browser: BrowserSession,
  ): Promise<Authenticated | null> {
    if (rateLimit === 'credentials') await this.requestLimits.countCredentialsFrom(response, request.ip ?? '');
    if (access.kind !== 'anyone') return this.authenticate(request, response, browser);
    if (rateLimit !== 'credentials') await this.requestLimits.countAnonymous(response, request.ip ?? '');
    return null;
  }

  /**
   * The caller, in the workspace of the request where the route is about one.
   * @throws NotFoundError for a workspace that is not the caller's, ValidationError `WORKSPACE_REQUIRED`
   */
  async enter(
    route: Route,
    caller: Authenticated | null,
    request: Request,
    params: Readonly<Record<string, string>>,
  ): Promise<AnonymousActor | UserActor | WorkspaceActor> {
    if (!caller) return ANONYMOUS;
    if (!isInWorkspace(route)) return caller.actor;
    const workspaceId = route.path.startsWith(IN_PATH)
      ? (params.id as WorkspaceId)
      : workspaceOf(request, caller.workspaceId);
    return this.workspaceAccess.enter(caller.actor, workspaceId);
  }

  /**
   * Who has entered, as they are now: what let them in may have ended while the rest of the request came.
   * @throws what `identify`, `enter` and `assertMay` throw
   */
  async enterAgain(
    route: Route,
    caller: Authenticated | null,
    request: Request,
    params: Readonly<Record<string, string>>,
    browser: BrowserSession,
  ): Promise<AnonymousActor | UserActor | WorkspaceActor> {
    const current = caller && (await this.authenticator.authenticate(tokenOf(request, browser)));
    const entered = await this.enter(route, current, request, params);
    this.assertMay(route, entered, params);
    return entered;
  }

  /** @throws ForbiddenError unless the route's access rule holds for who has entered */
  assertMay({ access }: Route, entered: object, params: Readonly<Record<string, string>>): void {
    const actor = entered as WorkspaceActor;
    switch (access.kind) {
      case 'anyone':
        return;
      case 'signed-in':
        assertPerson(actor);
        if (access.emailVerified && !actor.emailVerified) {
          throw new ForbiddenError('EMAIL_NOT_VERIFIED', 'Verify your e-mail address first.');
        }
        return;
      case 'platform-admin':
        assertPerson(actor);
        if (!actor.platformAdmin) throw new ForbiddenError('PERMISSION_DENIED', 'This takes a platform admin.');
        return;
      case 'member':
        if (access.peopleOnly) assertPerson(actor);
        return;
      case 'permission':
        if (access.orSelf === undefined || params[access.orSelf] !== actor.userId) {
          requirePermission(actor, access.permission);
        }
    }
  }

  private async authenticate(request: Request, response: Response, browser: BrowserSession): Promise<Authenticated> {
    try {
      const caller = await this.authenticator.authenticate(tokenOf(request, browser));
      await this.requestLimits.countUser(response, caller.actor.userId);
      if (browser.accessToken !== undefined) {
        assertPerson(caller.actor);
        await browser.assertOwn();
      }
      return caller;
    } catch (error) {
      // Guessing tokens is anonymous, whatever the guess.
      if (error instanceof UnauthorizedError) await this.requestLimits.countAnonymous(response, request.ip ?? '');
      throw error;
    }
  }
}

function tokenOf({ headers: { authorization = '' } }: Request, { accessToken: cookie }: BrowserSession): string {
  const token = cookie ?? /^Bearer +([^\s]+)$/i.exec(authorization)?.[1];
  if (!token) throw new UnauthorizedError();
  return token;
}

function assertPerson({ kind }: UserActor): void {
  if (kind !== 'person') throw new ForbiddenError('PERMISSION_DENIED', 'An API key acts in its workspace only.');
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
  const id = String(header).toLowerCase();
  if (!isUuid(id)) {
    throw ValidationError.field('X-Workspace-Id', 'X-Workspace-Id must be a valid GUID.');
  }
  return id as WorkspaceId;
}
