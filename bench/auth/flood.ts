import { press } from '../measure';
import { decimals } from '../report';
import type { Server } from '../Server';

const SECONDS = 15;
/** How many times more logins arrive than can be served. */
const TIMES_CAPACITY = 4;
const HEARTBEATS_PER_SECOND = 50;

const HEARTBEAT = 'GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';

/**
 * Lets logins arrive faster than they can be served, and asks meanwhile, on connections of its own, whether the
 * platform is alive; prints what became of both.
 * @param capacity logins that can be served in a second
 */
export async function flood(atrium: Server, capacity: number, requests: readonly string[]): Promise<void> {
  const perSecond = capacity * TIMES_CAPACITY;
  const [logins, heartbeats] = await Promise.all([
    press(atrium, { perSecond, requests, seconds: SECONDS }),
    press(atrium, { perSecond: HEARTBEATS_PER_SECOND, requests: [HEARTBEAT], seconds: SECONDS }),
  ]);
  const refused = logins.refusals / (logins.refusals + logins.requests);
  console.log(`
| ${TIMES_CAPACITY} times as many logins as fit, for ${SECONDS} s | each second | p50 ms | p99 ms |
|---|---|---|---|
| arrived | ${decimals(perSecond, 1)} | | |
| signed in | ${decimals(logins.requestsPerSecond, 1)} | ${decimals(logins.p50)} | ${decimals(logins.p99)} |
| refused with 503 (${decimals(refused * 100)} %) | ${decimals(logins.refusals / SECONDS, 1)} | | ${decimals(logins.refusalP99)} |
| \`/livez\` meanwhile | ${decimals(heartbeats.requests / SECONDS, 1)} | ${decimals(heartbeats.p50, 1)} | **${decimals(heartbeats.p99, 1)}** |
`);
}
