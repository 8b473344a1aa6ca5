import type { Request, Response } from 'express';
import type { Authenticator } from '../../application/Authenticator';
import { BrowserSession } from './BrowserSession';
import type { Cookies } from './Cookies';
import type { CsrfProtection } from './CsrfProtection';

/** Finds what a browser brings along with a request. */
export class BrowserSessions {
  constructor(
    private readonly cookies: Cookies,
    private readonly csrfProtection: CsrfProtection,
    private readonly authenticator: Authenticator,
  ) {}

  of(request: Request, response: Response): BrowserSession {
    return new BrowserSession(this.cookies, this.csrfProtection, this.authenticator, request, response);
  }
}
