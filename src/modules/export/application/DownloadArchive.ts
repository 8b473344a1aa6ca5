import type { Readable } from 'node:stream';
import type { Clock } from '../../../core/application/Clock';
import type { FileStorage } from '../../../core/application/FileStorage';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { UnavailableError } from '../../../core/errors/UnavailableError';
import type { OwnerRules } from '../../workspace';
import type { ExportId } from '../domain/ExportId';
import type { WorkspaceExportRepository } from '../domain/WorkspaceExportRepository';

export interface Download {
  readonly bytes: number;
  readonly sha256: string;
  readonly open: () => Promise<Readable>;
}

/** Hands an archive over while it is kept. */
export class DownloadArchive {
  constructor(
    private readonly workspaceExports: WorkspaceExportRepository,
    private readonly ownerRules: OwnerRules,
    private readonly fileStorage: FileStorage,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws ForbiddenError `ROLE_ESCALATION`, NotFoundError for an archive that is not ready or has expired,
   * UnavailableError when this node can't reach it
   */
  async execute(actor: WorkspaceActor, id: ExportId): Promise<Download> {
    const { key, archive } = await this.unitOfWork.run(actor, async () => {
      await this.ownerRules.assertOwner(actor.workspaceId, actor.userId);
      const ready = await this.workspaceExports.get(actor.workspaceId, id);
      if (!ready.isDownloadable(this.clock.now())) throw new NotFoundError();
      return { key: ready.key, archive: ready.state.archive };
    });
    const file = await this.fileStorage.stat(key);
    if (!archive || file?.bytes !== archive.bytes) throw outOfReach();
    return {
      bytes: archive.bytes,
      sha256: archive.sha256,
      open: async () => {
        const content = await this.fileStorage.open(key);
        if (!content) throw outOfReach();
        return content;
      },
    };
  }
}

/** With files on each node's own disk, another node may have it. */
function outOfReach(): UnavailableError {
  return new UnavailableError('The archive can not be reached from here right now.');
}
