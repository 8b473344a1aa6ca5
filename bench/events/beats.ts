import { setTimeout as pause } from 'node:timers/promises';
import type { WorkspaceId } from '../../src/core/domain/Id';
import type { Round } from '../measure';
import type { Server } from '../Server';
import { percentile } from '../statistics';
import type { Audience } from './Audience';
import { numberOf, type Beat } from './Beat';

/** A server, those who listen to it, and how it is made to tell them something. */
export interface Hall {
  readonly server: Server;
  readonly audience: Audience;
  readonly workspaces: readonly WorkspaceId[];
  readonly listeners: number;
  /** Calls `begin` at the moment from which on the server could know of the beat. */
  readonly strike: (beat: Beat, begin: () => void) => Promise<void>;
}

/** Events in each workspace that a burst is made of. */
const TURNS_OF_BURST = 50;
/** How long all may take to arrive. */
const PATIENCE_MS = 30_000;

/** What is heard of beats that are under way. */
class Score {
  readonly latencies: number[] = [];

  private readonly begun = new Map<number, number>();

  private awaited = 0;

  private complete = (): void => {};

  constructor(private readonly hall: Hall) {
    hall.audience.attend((event) => this.hear(event));
  }

  async strike(turns: number): Promise<void> {
    const number = this.begun.size;
    this.awaited += turns * this.hall.listeners;
    const begin = (): void => void this.begun.set(number, performance.now());
    await this.hall.strike({ number, turns, workspaces: this.hall.workspaces }, begin);
  }

  /** Resolves when everything has arrived that was struck; in milliseconds since the last beat. */
  async arrival(): Promise<number> {
    const all = new Promise<void>((resolve) => {
      this.complete = resolve;
    });
    const missing = pause(PATIENCE_MS, 'missing', { ref: false });
    if (this.latencies.length < this.awaited && (await Promise.race([all, missing])) === 'missing') {
      throw new Error(`${this.awaited - this.latencies.length} messages did not arrive.`);
    }
    return performance.now() - (this.begun.get(this.begun.size - 1) ?? NaN);
  }

  private hear(event: string): void {
    const begunAt = this.begun.get(numberOf(event));
    if (begunAt === undefined) return;
    this.latencies.push(performance.now() - begunAt);
    if (this.latencies.length === this.awaited) this.complete();
  }
}

async function measured(hall: Hall, play: (score: Score) => Promise<number>): Promise<Round> {
  const score = new Score(hall);
  const before = hall.server.processorTime();
  const elapsed = await play(score);
  const requests = score.latencies.length;
  return {
    requests,
    requestsPerSecond: (requests * 1000) / elapsed,
    p50: percentile(score.latencies, 0.5),
    p99: percentile(score.latencies, 0.99),
    processorTime: (hall.server.processorTime() - before) / requests,
  };
}

/** As many messages at once as a busy second has, again and again, each time until the last one has arrived. */
export function inBursts(hall: Hall, seconds: number): Promise<Round> {
  return measured(hall, async (score) => {
    const endsAt = performance.now() + seconds * 1000;
    let elapsed = 0;
    while (performance.now() < endsAt) {
      await score.strike(TURNS_OF_BURST);
      elapsed += await score.arrival();
    }
    return elapsed;
  });
}

/** An event in each workspace, so many times a second. */
export function paced(hall: Hall, perSecond: number, seconds: number): Promise<Round> {
  return measured(hall, async (score) => {
    const startedAt = performance.now();
    for (let count = 0; count < perSecond * seconds; count += 1) {
      await pause(startedAt + (count * 1000) / perSecond - performance.now());
      await score.strike(1);
    }
    await score.arrival();
    return performance.now() - startedAt;
  });
}
