import { parseSetCookie } from 'cookie';
import type { ApiAnswer, ApiClient } from './ApiClient';
import { PASSWORD } from './people';
import type { TestPlatform } from './testPlatform';

/** Where the front end of the tests stands, which is FRONTEND_URL by default. */
export const OWN_ORIGIN = 'http://localhost:3000';

/** A browser with a page of the front end open: keeps cookies, and sends its origin with whatever changes something. */
export class BrowserClient {
  /** Name -> value, of the cookies that the browser has. */
  readonly jar = new Map<string, string>();

  /** What the page sends in `X-CSRF-Token`. */
  csrfToken: string | undefined;

  constructor(private readonly api: ApiClient) {}

  /** Signed in by cookies, with the CSRF token that belongs to the session. */
  static async signIn(platform: TestPlatform, email: string, password = PASSWORD): Promise<BrowserClient> {
    const browser = new BrowserClient(platform.api);
    const { status, body } = await browser.post('/auth/login', { email, password, transport: 'cookie' });
    if (status !== 200) throw new Error(`Signing in answered ${status}: ${JSON.stringify(body)}`);
    await browser.readCsrfToken();
    return browser;
  }

  /** The `Cookie` header as it would be sent now. */
  get cookieHeader(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async readCsrfToken(): Promise<string> {
    const { body } = await this.get('/auth/csrf-token');
    this.csrfToken = body.data.csrfToken as string;
    return this.csrfToken;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<ApiAnswer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<ApiAnswer> {
    return this.send('POST', path, body, { Origin: OWN_ORIGIN, ...headers });
  }

  async send(
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<ApiAnswer> {
    const answer = await this.api.send(method, path, body, {
      ...(this.jar.size > 0 && { Cookie: this.cookieHeader }),
      ...(this.csrfToken !== undefined && { 'X-CSRF-Token': this.csrfToken }),
      ...headers,
    });
    for (const { name, value = '', maxAge } of answer.headers.getSetCookie().map((line) => parseSetCookie(line))) {
      if (maxAge === 0) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return answer;
  }
}
