/** What a connection may send at once, and how much of it comes back each second. */
const BURST = 100;
const PER_SECOND = 50;

/** How many commands one connection may send: a bucket that fills again with time, and that can be overdrawn. */
export class CommandBudget {
  private left = BURST;

  private at: number;

  /** @param now milliseconds on a clock that never goes back */
  constructor(private readonly now: () => number = () => performance.now()) {
    this.at = now();
  }

  /** Whether the next command is served, refused, or was one too many after as many refusals as there were commands. */
  spend(): 'served' | 'refused' | 'flood' {
    const now = this.now();
    this.left = Math.min(BURST, this.left + ((now - this.at) / 1000) * PER_SECOND) - 1;
    this.at = now;
    if (this.left >= 0) return 'served';
    return this.left < -BURST ? 'flood' : 'refused';
  }
}
