import { setTimeout as wait } from 'node:timers/promises';
import type { FileStorage } from '../../application/FileStorage';
import type { Condition, HealthCheck } from '../../application/Health';

/** Milliseconds in which it has to answer. */
const PATIENCE_MS = 1_000;

/** Without the store of its files the platform serves on. */
export class StorageHealth implements HealthCheck {
  readonly name = 'storage';

  constructor(private readonly fileStorage: FileStorage) {}

  /** Asks for a file that need not be there. */
  async check(): Promise<{ condition: Condition; detail?: string }> {
    const late = wait(PATIENCE_MS, 'late' as const, { ref: false });
    const answer = await Promise.race([this.fileStorage.stat('health'), late]).catch(() => 'lost' as const);
    if (answer !== 'late' && answer !== 'lost') return { condition: 'up' };
    return { condition: 'degraded', detail: 'Files can neither be brought nor fetched meanwhile.' };
  }
}
