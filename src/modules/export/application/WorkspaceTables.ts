import type { TableExport } from '../../../core/application/TableExport';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Row } from './readRow';

/** The tables of a workspace, inside the open unit of work. */
export interface WorkspaceTables {
  /** Before the first of the others. */
  prepare(): Promise<void>;
  /** All rows of a table as lines of JSON, a batch at a time. */
  of(workspaceId: WorkspaceId, table: TableExport): AsyncIterable<readonly string[]>;
  add(workspaceId: WorkspaceId, table: TableExport, rows: readonly Row[]): Promise<void>;
  /** Makes a person a member, if need be, and an owner: the one the workspace names. */
  appoint(workspaceId: WorkspaceId, userId: UserId, now: Date): Promise<void>;
  /** Across workspaces; outside any unit of work. */
  isSlugTaken(slug: string): Promise<boolean>;
}
