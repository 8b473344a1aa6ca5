/** How one thing the platform depends on is doing: without `down` ones it serves, without `degraded` ones fully. */
export type Condition = 'up' | 'degraded' | 'down';

export interface HealthCheck {
  readonly name: string;
  /** Answers within a second or two; a throw counts as down. */
  check(): Promise<{ condition: Condition; detail?: string }>;
}
