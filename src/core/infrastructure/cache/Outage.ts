import type { Logger } from '../../application/Logger';

/** Says once that something stopped answering and once that it answers again, however many calls fail meanwhile. */
export class Outage {
  private ongoing = false;

  constructor(
    private readonly logger: Logger,
    private readonly onset: string,
    private readonly relief: string,
  ) {}

  /** Only the message of `error` is told: an error of a Redis client carries the whole command, secrets included. */
  began(error: unknown): void {
    if (this.ongoing) return;
    this.ongoing = true;
    this.logger.warn(this.onset, { reason: error instanceof Error ? error.message : String(error) });
  }

  over(): void {
    if (!this.ongoing) return;
    this.ongoing = false;
    this.logger.info(this.relief);
  }
}
