import type { Request, Response } from 'express';
import Joi from 'joi';
import type { AccessDenials } from '../application/AccessDenials';
import type { ClientInfo } from '../application/RequestContext';
import type { UserActor, WorkspaceActor } from '../domain/Actor';
import type { AccessCheck } from './AccessCheck';
import { sendAnswer } from './answer';
import type { BrowserSessions } from './browser/BrowserSessions';
import type { Cookies } from './browser/Cookies';
import { clientOf } from './clientOf';
import type { Idempotency } from './Idempotency';
import { readFileBody, streamFileBody } from './fileBody';
import { hasBody, readJsonBody } from './jsonBody';
import type { Preconditions } from './Preconditions';
import type { RequestLimits } from './RequestLimits';
import { isTagged, takesKey, type Answer, type Entered, type Route, type RouteRequest } from './Route';
import { validateBody, validateText } from './validate';

const NOTHING = Joi.object<Record<string, never>>({});

/** How long what was found out about a caller may be acted upon, in milliseconds. A body may take far longer to come. */
const ACCESS_HOLDS_MS = 1_000;

export type RouteHandler = (
  request: Request,
  response: Response,
  params: Readonly<Record<string, string | undefined>>,
) => Promise<void>;

type Input = RouteRequest<unknown, Record<string, string>, unknown, unknown>;
type BodyReader = (request: Request, response: Response, entered: Entered<unknown, unknown>) => Promise<unknown>;
type Handle = (request: Request, response: Response, input: Input) => Promise<Answer>;

/** Turns a route declaration into the one function that serves it. */
export class RouteRunner {
  constructor(
    private readonly accessCheck: AccessCheck,
    private readonly accessDenials: AccessDenials,
    private readonly requestLimits: RequestLimits,
    private readonly idempotency: Idempotency,
    private readonly preconditions: Preconditions,
    private readonly browserSessions: BrowserSessions,
    private readonly cookies: Cookies,
    private readonly apiBase: string,
    /** In tests every answer is held against its declared schema, so that the documentation can't lie. */
    private readonly verifyAnswers: boolean,
  ) {}

  /** @param reader the GET of what the route changes, where there is one */
  compile(route: Route, reader?: Route): RouteHandler {
    const paramsSchema = route.params ?? NOTHING;
    const querySchema = route.query ?? NOTHING;
    const readBody = bodyReader(route);
    const hasParams = route.path.includes(':');
    const handle = this.conditionally(route, reader);
    const action = `${route.method.toUpperCase()} ${route.path}`;

    return async (request, response, rawParams) => {
      const browser = this.browserSessions.of(request, response);
      const caller = await this.accessCheck.identify(route, request, response, browser);
      const params = (hasParams ? validateText(paramsSchema, { ...rawParams }) : {}) as Record<string, string>;
      const judgedAt = performance.now();
      const actor = await this.accessCheck.enter(route, caller, request, params);
      let input: Input | undefined;
      let answer: Answer;
      try {
        this.accessCheck.assertMay(route, actor, params);
        const query = route.query || request.url.includes('?') ? validateText(querySchema, { ...request.query }) : {};
        const body = readBody && (await readBody(request, response, { actor, params }));
        const client = clientOf(request);
        input = { actor, params, query, body, client, browser };
        if (performance.now() - judgedAt > ACCESS_HOLDS_MS) {
          input = { ...input, actor: await this.accessCheck.enterAgain(route, caller, request, params, browser) };
        }
        if (route.rateLimit === 'credentials') await this.countAccount(response, actor, body, client);
        answer = await handle(request, response, input);
      } catch (error) {
        if (input) await drop(route, input);
        // What somebody is denied, and nothing else that fails, is recorded.
        await this.accessDenials.record(actor, error, action);
        throw error;
      }
      if (answer.cookies) this.cookies.write(response, answer.cookies);
      await sendAnswer(request, response, answer, this.apiBase);
    };
  }

  /** The handler, under the conditions that HTTP lets a caller state for its method. */
  private conditionally(route: Route, reader: Route | undefined): Handle {
    const handle = this.verified(route);
    const read = reader && this.verified(reader);
    if (route.method === 'get') return (_request, _response, input) => handle(input);
    if (route.method !== 'post') {
      return (request, _response, input) => {
        const { 'if-match': ifMatch } = request.headers;
        const change = (): Promise<Answer> => handle(input);
        if (ifMatch === undefined) return this.preconditions.withoutIfMatch(route, change);
        const current = read && ((): Promise<Answer> => read({ ...input, query: {} }));
        return route.rateLimit === 'credentials'
          ? this.preconditions.ifMatched(ifMatch, current, change)
          : this.preconditions.ifMatches(ifMatch, current, change);
      };
    }
    // What a public route refuses may have to leave a trace, a failed sign-in or a reused token, which the transaction
    // of a key would take back; and of a body with a password nothing may be kept, not even a hash.
    if (!takesKey(route)) return (_request, _response, input) => handle(input);
    return async (request, response, input) => {
      const { 'idempotency-key': key } = request.headers;
      if (key === undefined) return handle(input);
      const { userId, workspaceId = null } = input.actor as UserActor & Partial<WorkspaceActor>;
      const owner = [userId, workspaceId, route.path];
      const content = [input.params, input.query, contentOf(route, input.body)];
      const { answer, replayed } = await this.idempotency.once(key, owner, content, () => handle(input));
      if (replayed) {
        response.setHeader('Idempotency-Replayed', 'true');
        await drop(route, input);
      }
      return answer;
    };
  }

  private verified(route: Route): (input: Input) => Promise<Answer> {
    if (!this.verifyAnswers) return (input) => route.handle(input);
    return async (input) => {
      const answer = await route.handle(input);
      verify(route, answer);
      return answer;
    };
  }

  /** Attempts count for the account they are about: the one that is named, or the one that is signed in. */
  private async countAccount(response: Response, actor: unknown, body: unknown, client: ClientInfo): Promise<void> {
    const { email } = { ...(actor as { email?: string }), ...(body as { email?: string } | undefined) };
    if (email !== undefined) await this.requestLimits.countCredentialsFor(response, email, client);
  }
}

/** How the body of a request to a route is read and checked, decided once; undefined where none is looked at. */
function bodyReader({ method, body, upload }: Route): BodyReader | undefined {
  if (method === 'get') return undefined;
  if (upload && 'keep' in upload) {
    return (request, response, entered) =>
      streamFileBody(request, response, upload, {
        keep: (file) => upload.keep(entered, file),
        drop: (kept) => upload.drop(entered, kept),
      });
  }
  if (upload) return (request, response) => readFileBody(request, response, upload);
  const schema = body ?? NOTHING;
  return async (request, response) =>
    body || hasBody(request) ? validateBody(schema, await readJsonBody(request, response)) : undefined;
}

/** What has to be the same of a body for it to be the same request. */
function contentOf({ upload }: Route, body: unknown): unknown {
  return upload && 'identify' in upload ? upload.identify(body) : body;
}

/** Lets go of a file that nothing came of. That it fails is no matter: whoever keeps files looks for what is left over. */
async function drop({ upload }: Route, { body, ...entered }: Input): Promise<void> {
  if (upload && 'drop' in upload) await upload.drop(entered, body).catch(() => {});
}

function verify(route: Route, { status, data, stream, tagged = stream?.tag !== undefined }: Answer): void {
  const schema = route.answers[status];
  const name = `${route.method} ${route.path} → ${status}`;
  if (schema === undefined) throw new Error(`${name} is not among its declared answers.`);
  if (tagged !== (status === 200 && isTagged(route))) throw new Error(`${name} has an ETag, or none, undeclared.`);
  if (schema === null || (stream && schema.type === 'binary')) return;
  const { error } = schema.validate(data, { convert: false, abortEarly: false, presence: 'required' });
  if (error) throw new Error(`${name} differs from its declared schema: ${error.message}`);
}
