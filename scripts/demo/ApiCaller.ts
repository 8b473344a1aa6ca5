import { setTimeout as pause } from 'node:timers/promises';
import type { Screen } from './Screen';
import { StepFailed } from './StepFailed';

interface Call<Data> {
  /** The bearer token, for all but anonymous calls. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes it a POST. */
  readonly body?: object;
  /** The status that the answer must have; 200 by default. */
  readonly expect?: number;
  /** What is worth telling of the answer. */
  readonly tell?: (data: Data) => string;
  /** What such an answer shows. */
  readonly shows?: string;
}

interface Answer<Data> {
  readonly data: Data;
  /** Of a problem. */
  readonly code?: string;
  readonly detail?: string;
  readonly retryAfter?: number;
}

interface Mail {
  readonly subject: string;
  readonly links: readonly string[];
}

const API = '/api/v1';
const MAIL_PATIENCE_MS = 10_000;

/** Calls a platform over HTTP, and shows each exchange. */
export class ApiCaller {
  constructor(
    private readonly address: string,
    private readonly screen: Screen,
  ) {}

  /** The answer's `data`. @throws StepFailed when its status is not the expected one. */
  async call<Data>(path: string, call: Call<Data> = {}): Promise<Data> {
    const { token, headers, body, expect = 200, tell, shows } = call;
    const startedAt = performance.now();
    const method = body ? 'POST' : 'GET';
    const answer = await fetch(`${this.address}${API}${path}`, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const content = (await answer.json()) as Answer<Data>;
    const facts = answer.ok ? tell?.(content.data) : content.code;
    this.screen.exchange(`${method} ${shortened(path)}`, answer.status, performance.now() - startedAt, facts);
    if (answer.status === 429) throw new StepFailed(rateLimited(content));
    if (answer.status !== expect) throw new StepFailed(unexpected(answer.status, expect, content));
    if (shows) this.screen.holds(shows, true);
    return content.data;
  }

  /** The token in the link of the newest mail to an address with this in its subject, once it has arrived. */
  async mailedToken(to: string, subject: RegExp): Promise<string> {
    const startedAt = performance.now();
    for (;;) {
      const answer = await fetch(`${this.address}/dev/inbox.json?to=${encodeURIComponent(to)}`);
      if (!answer.ok) throw new StepFailed('This platform has no /dev/inbox, where the demo reads its mails.');
      const { data } = (await answer.json()) as { data: readonly Mail[] };
      const mail = data.find((each) => subject.test(each.subject));
      const token = mail?.links[0] && new URL(mail.links[0]).searchParams.get('token');
      const ms = performance.now() - startedAt;
      if (token) {
        this.screen.exchange('GET /dev/inbox.json', answer.status, ms, `“${mail.subject}”`);
        return token;
      }
      if (ms > MAIL_PATIENCE_MS) throw new StepFailed(`No mail has reached ${to} within ${MAIL_PATIENCE_MS / 1000} s.`);
      await pause(20);
    }
  }
}

/** A path whose ids show their last digits only, the ones that differ. */
function shortened(path: string): string {
  return path.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{6}([0-9a-f]{6})/g, '…$1');
}

function rateLimited({ retryAfter = NaN }: Answer<unknown>): string {
  return (
    `The platform answers 429: its rate limit is reached, for the next ${retryAfter} s. ` +
    'Wait, or start it with RATE_LIMIT_AUTH_MAX_REQUESTS=0.'
  );
}

function unexpected(status: number, expected: number, { code = '', detail = '' }: Answer<unknown>): string {
  return `The answer should be ${expected} and is ${status} ${code}: ${detail}`;
}
