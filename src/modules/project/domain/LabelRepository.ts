import type { WorkspaceId } from '../../../core/domain/Id';
import type { Label } from './Label';
import type { LabelId } from './LabelId';

export interface LabelRepository {
  /** Held against all others until the transaction ends. @throws NotFoundError */
  get(workspaceId: WorkspaceId, id: LabelId): Promise<Label>;
  /** @throws ConflictError `LABEL_NAME_TAKEN`, or when it was changed since it was read */
  save(label: Label): Promise<void>;
  /** Takes it from all tasks, too. @throws ConflictError when it was changed since it was read */
  remove(label: Label): Promise<void>;
}
