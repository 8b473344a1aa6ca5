import { parseCookie, stringifySetCookie } from 'cookie';
import type { Response } from 'express';

/** The cookies there are: a session's two tokens, and what a sign-in at an identity provider must remember. */
export type CookieName = 'access' | 'refresh' | 'oidc';

/** What to set; null takes a cookie away. */
export type SetCookies = Readonly<
  Partial<Record<CookieName, { readonly value: string; readonly maxAgeSeconds: number } | null>>
>;

/**
 * The platform's own cookies (RFC 6265bis): out of reach for scripts, and not sent with requests that other sites cause,
 * but for links. In production the prefix `__Host-` keeps other hosts of the domain from planting one (section 4.1.3.2),
 * which takes `Secure` and the path `/`.
 */
export class Cookies {
  private readonly secure: boolean;

  private readonly prefix: string;

  constructor(env: string) {
    this.secure = env === 'production';
    this.prefix = this.secure ? '__Host-atrium_' : 'atrium_';
  }

  /** What a `Cookie` header holds under a name. */
  read(header: string | undefined, name: CookieName): string | undefined {
    return header === undefined ? undefined : parseCookie(header)[this.prefix + name];
  }

  write(response: Response, cookies: SetCookies): void {
    for (const [name, cookie] of Object.entries(cookies)) {
      const { value, maxAgeSeconds } = cookie ?? { value: '', maxAgeSeconds: 0 };
      const attributes = {
        httpOnly: true,
        secure: this.secure,
        sameSite: 'lax',
        path: '/',
        maxAge: maxAgeSeconds,
      } as const;
      response.appendHeader('Set-Cookie', stringifySetCookie(this.prefix + name, value, attributes));
    }
  }
}
