import { availableParallelism } from 'node:os';
import { UnavailableError } from '../errors/UnavailableError';

/** How many more may wait than run: a few seconds' worth of what takes a core for a while. */
const WAITING_PER_CORE = 16;

/** Runs so much work at a time, lets so much wait in line, and refuses the rest at once instead of queueing without end. */
export class BoundedWork {
  private running = 0;

  private readonly line: (() => void)[] = [];

  constructor(
    private readonly maxRunning: number,
    private readonly maxWaiting: number,
  ) {}

  /** For what keeps a core busy: as much at a time as there are cores, and a short line. */
  static onAllCores(): BoundedWork {
    const cores = availableParallelism();
    return new BoundedWork(cores, WAITING_PER_CORE * cores);
  }

  /**
   * Whether work would be refused now can be asked before something else that would be done in vain.
   * @throws UnavailableError when the line is full
   */
  assertRoom(): void {
    const isFull = this.running >= this.maxRunning && this.line.length >= this.maxWaiting;
    if (isFull) throw new UnavailableError('Too much of this is under way right now.');
  }

  /** @throws UnavailableError when the line is full; the work has not begun then. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= this.maxRunning) {
      this.assertRoom();
      await new Promise<void>((resolve) => {
        this.line.push(resolve);
      });
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.line.shift();
      // Whoever leaves hands over the place, so that nobody slips in between.
      if (next) next();
      else this.running -= 1;
    }
  }
}
