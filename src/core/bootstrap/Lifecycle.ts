import type { Logger } from '../application/Logger';

interface Stage {
  readonly name: string;
  readonly stop: () => Promise<unknown>;
}

/** Stops in reverse what was started in order; also when the start itself fails half-way. */
export class Lifecycle {
  private readonly stages: Stage[] = [];

  constructor(private readonly logger: Logger) {}

  /** Starts a part of the platform, and remembers how to stop it. */
  async start<Part>(
    name: string,
    start: () => Promise<Part> | Part,
    stop: (part: Part) => Promise<unknown>,
  ): Promise<Part> {
    const startedAt = performance.now();
    const part = await start();
    this.stages.push({ name, stop: () => stop(part) });
    this.logger.debug(`Started: ${name}`, { ms: Math.round(performance.now() - startedAt) });
    return part;
  }

  /** Stops everything; a part that fails to stop does not keep the others running. */
  async stop(): Promise<void> {
    for (const { name, stop } of this.stages.splice(0).reverse()) {
      try {
        await stop();
        this.logger.debug(`Stopped: ${name}`);
      } catch (error) {
        this.logger.error(`Could not be stopped cleanly: ${name}`, { error });
      }
    }
  }
}
