/** Of any shape: tests look into all sorts of answers, and the platform itself checks them against their schemas. */
type Json = ReturnType<typeof JSON.parse>;

/** An answer of the API, its body read: as what it is if that is JSON, else as text. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** An answer, and what it was the answer to. */
export interface SeenAnswer extends ApiAnswer {
  readonly method: string;
  /** Below the API's base, with its query. */
  readonly path: string;
}

/** Is told of every answer. */
export type OnAnswer = (seen: SeenAnswer) => void;

type HeaderValues = Readonly<Record<string, string>>;

interface Credentials {
  readonly token?: string;
  readonly workspaceId?: string;
}

/** Calls the API as somebody: nobody at first, then whoever `as` names. */
export class ApiClient {
  constructor(
    private readonly base: string,
    private readonly credentials: Credentials = {},
    private readonly onAnswer: OnAnswer = () => {},
  ) {}

  as(token: string, workspaceId?: string): ApiClient {
    return new ApiClient(this.base, { token, ...(workspaceId && { workspaceId }) }, this.onAnswer);
  }

  get(path: string, headers: HeaderValues = {}): Promise<ApiAnswer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: HeaderValues = {}): Promise<ApiAnswer> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body?: unknown, headers: HeaderValues = {}): Promise<ApiAnswer> {
    return this.send('PUT', path, body, headers);
  }

  delete(path: string, body?: unknown, headers: HeaderValues = {}): Promise<ApiAnswer> {
    return this.send('DELETE', path, body, headers);
  }

  async send(method: string, path: string, body: unknown, headers: HeaderValues = {}): Promise<ApiAnswer> {
    const { token, workspaceId } = this.credentials;
    const answer = await fetch(`${this.base}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(workspaceId && { 'X-Workspace-Id': workspaceId }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    // Not so lines of JSON, `ndjson`.
    const isJson = /\bjson\b/.test(answer.headers.get('content-type') ?? '');
    const seen = {
      status: answer.status,
      headers: answer.headers,
      body: isJson && text ? JSON.parse(text) : text || undefined,
    };
    this.onAnswer({ method, path, ...seen });
    return seen;
  }
}
