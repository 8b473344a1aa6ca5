import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { ProjectView } from './ProjectQueries';
import type { TaskView } from './TaskQueries';

/** As it was, and when it was deleted. */
export type Deleted<View> = View & { readonly deletedAt: Date };

/** What was deleted by itself, and can be restored. Sorted by `deletedAt`. */
export interface DeletedWorkQueries {
  projects(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<Deleted<ProjectView>>>;
  /** But for those that went with their project, or with what they are a part of: they come back with it. */
  tasks(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<Deleted<TaskView>>>;
}
