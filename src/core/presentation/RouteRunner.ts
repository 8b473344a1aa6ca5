import type { Request, Response } from 'express';
import Joi from 'joi';
import type { AccessCheck } from './AccessCheck';
import { sendAnswer } from './answer';
import { readJsonBody } from './jsonBody';
import type { RequestLimits } from './RequestLimits';
import type { Answer, ClientInfo, Route } from './Route';
import { validateBody, validateText } from './validate';

const NOTHING = Joi.object({});

export type RouteHandler = (
  request: Request,
  response: Response,
  params: Readonly<Record<string, string | undefined>>,
) => Promise<void>;

/** Turns a route declaration into the one function that serves it. */
export class RouteRunner {
  constructor(
    private readonly accessCheck: AccessCheck,
    private readonly requestLimits: RequestLimits,
    private readonly apiBase: string,
    /** In tests every answer is held against its declared schema, so that the documentation can't lie. */
    private readonly verifyAnswers: boolean,
  ) {}

  compile(route: Route): RouteHandler {
    const paramsSchema = route.params ?? NOTHING;
    const querySchema = route.query ?? NOTHING;
    const { body: bodySchema } = route;
    const hasParams = route.path.includes(':');

    return async (request, response, rawParams) => {
      const caller = await this.accessCheck.identify(route, request, response);
      const params = (hasParams ? validateText(paramsSchema, { ...rawParams }) : {}) as Record<string, string>;
      const actor = await this.accessCheck.authorize(route, caller, request, params);
      const query = route.query || request.url.includes('?') ? validateText(querySchema, { ...request.query }) : {};
      const body = bodySchema ? validateBody(bodySchema, await readJsonBody(request, response)) : undefined;
      if (route.rateLimit === 'credentials') await this.countAccount(response, body);
      const answer = await route.handle({ actor, params, query, body, client: clientOf(request) });
      if (this.verifyAnswers) this.verify(route, answer);
      sendAnswer(request, response, answer, this.apiBase);
    };
  }

  private async countAccount(response: Response, body: unknown): Promise<void> {
    const { email } = body as { email?: string };
    if (email !== undefined) await this.requestLimits.countCredentialsFor(response, email);
  }

  private verify(route: Route, { status, data }: Answer): void {
    const schema = route.answers[status];
    const name = `${route.method} ${route.path} → ${status}`;
    if (schema === undefined) throw new Error(`${name} is not among its declared answers.`);
    if (schema === null) return;
    const { error } = schema.validate(data, { convert: false, abortEarly: false, presence: 'required' });
    if (error) throw new Error(`${name} differs from its declared schema: ${error.message}`);
  }
}

function clientOf(request: Request): ClientInfo {
  return { ip: request.ip ?? '', userAgent: (request.headers['user-agent'] ?? '').slice(0, 300) };
}
