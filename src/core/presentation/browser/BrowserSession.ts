import type { Request, Response } from 'express';
import type { Authenticator } from '../../application/Authenticator';
import type { CookieName, Cookies } from './Cookies';
import type { CsrfProtection } from './CsrfProtection';

/**
 * What a browser brings along by itself, whoever had it make the request: cookies. They count for nothing where the
 * request carries credentials of its own.
 */
export class BrowserSession {
  constructor(
    private readonly cookies: Cookies,
    private readonly csrf: CsrfProtection,
    private readonly authenticator: Authenticator,
    private readonly request: Request,
    private readonly response: Response,
  ) {}

  /** The access token, if the caller is known by cookies. */
  get accessToken(): string | undefined {
    return this.request.headers.authorization === undefined ? this.cookie('access') : undefined;
  }

  cookie(name: CookieName): string | undefined {
    return this.cookies.read(this.request.headers.cookie, name);
  }

  /**
   * The refresh token, if there is one, of a request that a page of ours has made.
   * @throws ForbiddenError `CSRF_FAILED`
   */
  async refreshToken(): Promise<string | undefined> {
    const token = this.cookie('refresh');
    if (token !== undefined) await this.assertOwn();
    return token;
  }

  /** What requests that change something carry in `X-CSRF-Token`; bound to the session, even if it needs refreshing. */
  csrfToken(): Promise<string> {
    return this.csrf.token(this.request, this.response, this.sessionId);
  }

  /** @throws ForbiddenError `CSRF_FAILED` unless a page of ours has made the request */
  assertOwn(): Promise<void> {
    return this.csrf.assertOwn(this.request, this.response, this.sessionId);
  }

  /** For requests that begin a session. @throws ForbiddenError `CSRF_FAILED` when a page of somebody else makes it */
  assertOrigin(): void {
    this.csrf.assertOrigin(this.request);
  }

  private get sessionId(): string {
    const token = this.cookie('access');
    return token === undefined ? '' : (this.authenticator.sessionOf(token) ?? '');
  }
}
