import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { LabelState } from '../domain/Label';
import type { LabelId } from '../domain/LabelId';

export type LabelView = Omit<LabelState, 'workspaceId'>;

export interface LabelQueries {
  /** @throws NotFoundError */
  label(workspaceId: WorkspaceId, id: LabelId): Promise<LabelView>;
  labels(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<LabelView>>;
}
