/** An answer of the API, its body read; `body` is what JSON says it is. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into answers of every shape; the declared schemas are checked by the platform itself.
  readonly body: any;
}

interface Credentials {
  readonly token?: string;
  readonly workspaceId?: string;
}

/** Calls the API as somebody: nobody at first, then whoever `as` names. */
export class ApiClient {
  constructor(
    private readonly base: string,
    private readonly credentials: Credentials = {},
  ) {}

  as(token: string, workspaceId?: string): ApiClient {
    return new ApiClient(this.base, { token, ...(workspaceId && { workspaceId }) });
  }

  get(path: string, headers: HeadersInit = {}): Promise<ApiAnswer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: HeadersInit = {}): Promise<ApiAnswer> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body?: unknown, headers: HeadersInit = {}): Promise<ApiAnswer> {
    return this.send('PUT', path, body, headers);
  }

  delete(path: string, body?: unknown, headers: HeadersInit = {}): Promise<ApiAnswer> {
    return this.send('DELETE', path, body, headers);
  }

  async send(method: string, path: string, body: unknown, headers: HeadersInit = {}): Promise<ApiAnswer> {
    const { token, workspaceId } = this.credentials;
    const answer = await fetch(`${this.base}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(workspaceId && { 'X-Workspace-Id': workspaceId }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined };
  }
}
