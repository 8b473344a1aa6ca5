import { press } from '../measure';
import type { Server } from '../Server';
import { percentile } from '../statistics';
import type { Audience } from './Audience';
import { TOLD_AS } from './Beat';

const WARM_UP_SECONDS = 3;
const SECONDS = 10;

const TOLD = `42["${TOLD_AS}"`;
const MOMENT = '"occurredAt":"';
const LENGTH_OF_MOMENT = '2026-01-01T00:00:00.000Z'.length;

/** Milliseconds, for what 50 and 99 % of all who listen have heard of all writes. */
export interface CommitToClient {
  readonly p50: number;
  readonly p99: number;
}

/**
 * Lets so many of these requests arrive in a second, and measures from the moment that each of their events names,
 * which is before its commit.
 * @param listeners how many hear of each
 * @throws Error when one of them does not
 */
export async function commitToClient(
  server: Server,
  audience: Audience,
  { requests, perSecond, listeners }: { requests: readonly string[]; perSecond: number; listeners: number },
): Promise<CommitToClient> {
  await press(server, { perSecond, requests, seconds: WARM_UP_SECONDS });
  await audience.quiet();
  const latencies: number[] = [];
  audience.attend((event) => {
    if (!event.startsWith(TOLD)) return;
    const at = event.indexOf(MOMENT) + MOMENT.length;
    latencies.push(Date.now() - Date.parse(event.slice(at, at + LENGTH_OF_MOMENT)));
  });
  const written = await press(server, { perSecond, requests, seconds: SECONDS });
  await audience.quiet();
  if (written.refusals > 0)
    throw new Error(`${written.refusals} answers were 503: there are not so many writes in a second.`);
  const missing = written.requests * listeners - latencies.length;
  if (missing > 0) throw new Error(`${missing} of the messages did not arrive.`);
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}
