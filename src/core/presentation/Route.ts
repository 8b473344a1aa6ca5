import type { Readable } from 'node:stream';
import type { ArraySchema, ObjectSchema, Schema } from 'joi';
import type { Download } from '../application/Downloads';
import type { FileHeaders } from '../application/FileStorage';
import type { ClientInfo } from '../application/RequestContext';
import type { AnonymousActor, UserActor, WorkspaceActor } from '../domain/Actor';
import type { BrowserSession } from './browser/BrowserSession';
import type { SetCookies } from './browser/Cookies';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Who may call a route. The phantom type is the actor its handler receives. */
export type Access<Actor = unknown> = (
  | { readonly kind: 'anyone' }
  | { readonly kind: 'signed-in'; readonly emailVerified: boolean }
  | { readonly kind: 'platform-admin' }
  | { readonly kind: 'member'; readonly peopleOnly?: boolean }
  | { readonly kind: 'permission'; readonly permission: string; readonly orSelf?: string }
) & { readonly actor?: Actor };

export const anyone = (): Access<AnonymousActor> => ({ kind: 'anyone' });

/** Any signed-in person; outside workspaces, so no API key. */
export const signedIn = (options: { emailVerified?: boolean } = {}): Access<UserActor> => ({
  kind: 'signed-in',
  emailVerified: options.emailVerified ?? false,
});

/** Those who administer the platform itself; outside workspaces. */
export const platformAdmin = (): Access<UserActor> => ({ kind: 'platform-admin' });

/**
 * Any active member of the request's workspace, and its API keys.
 * `peopleOnly` keeps keys out: for what is about the person, or would give a key more than it is.
 */
export const member = (options: { peopleOnly?: boolean } = {}): Access<WorkspaceActor> => ({
  kind: 'member',
  ...options,
});

/**
 * Members, and API keys, who hold `permission` in the request's workspace.
 * `orSelf` names a path parameter: the person it identifies needs no permission.
 */
export const permission = (key: string, options: { orSelf?: string } = {}): Access<WorkspaceActor> => ({
  kind: 'permission',
  permission: key,
  ...options,
});

/** What a handler is given: everything checked, nothing raw. */
export interface RouteRequest<Actor, Params, Query, Body> {
  readonly actor: Actor;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly client: ClientInfo;
  readonly browser: BrowserSession;
}

/** A body that is one file, as `multipart/form-data`. The phantom type is what its handler receives. */
export interface Upload<Body = Buffer> {
  /** The name of the one part there is. */
  readonly field: string;
  readonly maxBytes: number;
  /** What the file may be, for the documentation. */
  readonly description: string;
  readonly body?: Body;
}

/** A file on its way in, to be read once and to its end. */
export interface IncomingFile {
  /** As its sender calls it: anything at all. */
  readonly name: string;
  /** It has no more bytes than these. */
  readonly atMost: number;
  /** Fails as a refusal when more comes than may, and when the sender goes away. */
  readonly content: Readable;
}

/** Whose request it is, before its body is read. */
export type Entered<Actor, Params> = Pick<RouteRequest<Actor, Params, unknown, unknown>, 'actor' | 'params'>;

/**
 * A body that is one file, as `multipart/form-data`, which goes where it is to stay as it arrives: it is never whole in
 * memory, and in no temporary file.
 */
export interface StreamedUpload<Actor = unknown, Params = unknown, Body = unknown> {
  readonly field: string;
  readonly maxBytes: number;
  readonly description: string;
  /** Takes the file in before the handler is called, outside of any transaction; what it answers is the handler's body. */
  keep(entered: Entered<Actor, Params>, file: IncomingFile): Promise<Body>;
  /** Lets go of what was kept, because nothing came of the request; or of what the handler has made its own, in vain. */
  drop(entered: Entered<Actor, Params>, kept: Body): Promise<void>;
  /** What tells it from any other file, for `Idempotency-Key`. */
  identify(kept: Body): unknown;
}

/** A file that is sent as it is read, so that its size is no matter. */
export interface StreamedFile {
  /** Unknown of one that is made while it is sent. */
  readonly bytes?: number;
  /** What tells its content from any other, for the ETag: visible characters without quotes. Without it nothing is cached. */
  readonly tag?: string;
  /** Asked only when the content is to be sent. */
  readonly open: () => Promise<Readable>;
}

export interface Answer {
  readonly status: number;
  readonly data?: unknown;
  /** Sent in place of `data`, by itself, without an envelope. */
  readonly stream?: StreamedFile;
  /** What `stream` is sent as. */
  readonly file?: FileHeaders;
  readonly meta?: object;
  /** Path of the new resource below the API's base, for `Location`. */
  readonly location?: string;
  /** Where the browser is to go, absolute. */
  readonly redirect?: string;
  readonly cookies?: SetCookies;
  /** Whether the answer is one resource, which carries an ETag. */
  readonly tagged?: boolean;
}

/** 200 with one resource and its ETag. */
export const ok = (data: unknown): Answer => ({ status: 200, data, tagged: true });
/** 200 with a file as it is read, and its ETag where it has a tag; to keep, unless it may be shown. Never a page of ours. */
export const download = (stream: StreamedFile, type: string, name: string, inline = false): Answer => ({
  status: 200,
  stream,
  file: { type, name, inline },
});
/** 200 with the result of an action: not a resource, so never cached. */
export const done = (data: unknown): Answer => ({ status: 200, data });
/** 200 with one page of a list. */
export const page = ({ items, meta }: { items: readonly unknown[]; meta: object }): Answer => ({
  status: 200,
  data: items,
  meta,
});
export const created = (data: unknown, location: string): Answer => ({ status: 201, data, location });
export const accepted = (): Answer => ({ status: 202, data: {} });
export const noContent = (): Answer => ({ status: 204 });
/** 302 to an absolute URL. */
export const redirect = (url: string, cookies: SetCookies = {}): Answer => ({ status: 302, redirect: url, cookies });
/** 200 with a file, or 302 to where the storage itself hands it over. */
export const handOver = (found: Download): Answer => {
  if ('url' in found) return redirect(found.url);
  const { type, name, inline } = found.headers;
  return download(found, type, name, inline);
};

/** Which counter a request falls under: the strict one for credentials, or the general one. */
export type RateLimitClass = 'credentials' | 'general';

/** A route, declared once; the Express route, its checks and its OpenAPI operation are derived from it. */
export interface Route<Actor = unknown, Params = unknown, Query = unknown, Body = unknown> {
  readonly method: Method;
  /** Below the API's base, with `:name` parameters. */
  readonly path: string;
  readonly summary: string;
  /**
   * The path of the GET that tells what the route changes, where that is not its own; with the route's own names of
   * parameters. It is what `If-Match` speaks of.
   */
  readonly changes?: string;
  readonly access: Access<Actor>;
  readonly params?: ObjectSchema<Params>;
  readonly query?: ObjectSchema<Query>;
  readonly body?: ObjectSchema<Body>;
  /** In place of a JSON body. */
  readonly upload?: Upload<Body> | StreamedUpload<Actor, Params, Body>;
  /** Status -> schema of `data`; null where there is no body. */
  readonly answers: Readonly<Record<number, Schema | ArraySchema | null>>;
  readonly rateLimit?: RateLimitClass;
  /**
   * Whether its 200 is a resource with an ETag. It is for what one reads, puts or patches, unless it is said otherwise, and
   * is not for the result of a POST or a DELETE.
   */
  readonly tagged?: boolean;
  /** Whether the caller has to state If-Match where the platform is set to ask for it (`REQUIRE_IF_MATCH`). */
  readonly requiresIfMatch?: boolean;
  handle(request: RouteRequest<Actor, Params, Query, Body>): Promise<Answer>;
}

/** Infers the handler's types from the declaration. */
export function route<Actor, Params = Record<string, never>, Query = Record<string, never>, Body = undefined>(
  declaration: Route<Actor, Params, Query, Body>,
): Route {
  return declaration;
}

export interface Controller {
  readonly routes: readonly Route[];
}

/** Whether a route honours `Idempotency-Key`: every POST by a signed-in caller, unless it is about credentials. */
export function takesKey({ method, access, rateLimit }: Route): boolean {
  return method === 'post' && access.kind !== 'anyone' && rateLimit !== 'credentials';
}

/** Whether its requests are about one workspace. */
export const isInWorkspace = ({ access: { kind } }: Route): boolean => kind === 'member' || kind === 'permission';

/** Whether a route answers 200 with one resource, or file, that carries an ETag. */
export function isTagged({ method, answers, tagged = /^(get|put|patch)$/.test(method) }: Route): boolean {
  return tagged && /^(object|binary)$/.test(answers[200]?.type ?? '');
}

/** The names of the parameters of a path, in order. */
export const parametersOf = (path: string): string[] => path.match(/:\w+/g)?.map((name) => name.slice(1)) ?? [];
const shapeOf = (path: string): string => path.replaceAll(/:\w+/g, ':');

/** The GET of what a route changes, to be called with the parameters of that route; undefined where there is none. */
export function readerOf({ path, changes = path }: Route, routes: readonly Route[]): Route | undefined {
  const reader = routes.find((other) => other.method === 'get' && shapeOf(other.path) === shapeOf(changes));
  if (!reader) return undefined;
  const names = parametersOf(reader.path);
  return {
    ...reader,
    handle: (request) => {
      const given = request.params as Readonly<Record<string, string>>;
      const values = parametersOf(changes).map((name) => given[name]);
      return reader.handle({ ...request, params: Object.fromEntries(names.map((name, at) => [name, values[at]])) });
    },
  };
}
