import { request, type Agent } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Exchange {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer as it came over the wire: nothing decoded, followed or put in order. */
export interface WireAnswer {
  readonly status: number;
  readonly reason: string;
  /** `Name: value`, in the order of arrival. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** One request and its answer, without anything that a client would make of them. */
export function httpExchange(address: string, exchange: Exchange, agent?: Agent): Promise<WireAnswer> {
  const { method = 'GET', path, headers = {}, body } = exchange;
  return new Promise((resolve, reject) => {
    const call = request(address, { method, path, headers, ...(agent && { agent }) }, (answer) => {
      const { statusCode: status = 0, statusMessage: reason = '', rawHeaders } = answer;
      const names = rawHeaders.filter((_, index) => index % 2 === 0);
      const lines = names.map((name, index) => `${name}: ${rawHeaders[index * 2 + 1]}`);
      buffer(answer).then((bytes) => resolve({ status, reason, headers: lines, body: bytes }), reject);
    });
    call.on('error', reject).end(body);
  });
}
