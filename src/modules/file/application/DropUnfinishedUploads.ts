import type { Clock } from '../../../core/application/Clock';
import type { ScheduledJob } from '../../../core/application/JobQueue';
import type { FileQueries } from './FileQueries';
import type { Uploads } from './Uploads';

/** Milliseconds after which an upload is not under way any more: requests have a minute to arrive. */
const LOST_AFTER_MS = 60 * 60 * 1000;

/** Uploads whose node went down in the middle are forgotten, and the room that they took is free again. */
export class DropUnfinishedUploads implements ScheduledJob {
  readonly name = 'file.drop-unfinished-uploads';

  readonly schedule = '37 * * * *';

  constructor(
    private readonly uploads: Uploads,
    private readonly fileQueries: FileQueries,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - LOST_AFTER_MS);
    for (const { workspaceId, id } of await this.fileQueries.unfinished(before)) {
      await this.uploads.drop(workspaceId, id);
    }
  }
}
