import { createHmac } from 'node:crypto';
import csurf from 'csurf';
import type { Request, Response } from 'express';
import { ForbiddenError } from '../../errors/ForbiddenError';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Tells requests of our own pages from those that other sites have a browser make: by the origin, which no page can
 * forge, and by a token that only a page of ours can read. The token belongs to one session: its secret is derived from
 * the session's id, so that there is nothing that somebody could plant (OWASP, signed double submit).
 */
export class CsrfProtection {
  private readonly protect = csurf({
    sessionKey: 'csrf',
    ignoreMethods: SAFE_METHODS,
    value: ({ headers }) => String(headers['x-csrf-token'] ?? ''),
  });

  constructor(
    private readonly csrfKey: Buffer,
    private readonly corsOrigins: readonly string[],
  ) {}

  /** The token that requests of a session's pages carry in `X-CSRF-Token`; to be asked for by GET. */
  async token(request: Request, response: Response, sessionId: string): Promise<string> {
    await this.run(request, response, sessionId);
    return request.csrfToken();
  }

  /** @throws ForbiddenError `CSRF_FAILED` unless the request is safe, or shows its origin and its session's token */
  async assertOwn(request: Request, response: Response, sessionId: string): Promise<void> {
    if (SAFE_METHODS.includes(request.method)) return;
    if (request.headers.origin === undefined) throw failed('A request with cookies must name its Origin.');
    this.assertOrigin(request);
    await this.run(request, response, sessionId).catch(() => {
      throw failed('X-CSRF-Token is missing, or belongs to another session.');
    });
  }

  /** @throws ForbiddenError `CSRF_FAILED` when a page of another origin makes the request */
  assertOrigin({ headers: { origin } }: Request): void {
    if (origin !== undefined && !this.corsOrigins.includes(origin))
      throw failed('Pages of this origin may not do this.');
  }

  private run(request: Request, response: Response, sessionId: string): Promise<void> {
    const csrfSecret = createHmac('sha256', this.csrfKey).update(sessionId).digest('base64url');
    return new Promise((resolve, reject) => {
      this.protect(Object.assign(request, { csrf: { csrfSecret } }), response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(new Error('csurf refuses the request', { cause: error }));
      });
    });
  }
}

function failed(why: string): ForbiddenError {
  return new ForbiddenError('CSRF_FAILED', why);
}
