/** Work that is due at certain times, on one node of all. */
export interface ScheduledJob {
  /** `<module>.<what>`, the key under which it is scheduled. */
  readonly name: string;
  /** Five crontab fields, in UTC. */
  readonly schedule: string;
  run(): Promise<void>;
}
