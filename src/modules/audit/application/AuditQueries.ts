import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { Outcome, Via } from '../domain/AuditEntry';
import type { Change } from '../domain/changesOf';
import type { Resource } from '../domain/resourceOf';

export interface AuditFilters {
  readonly actorId?: string;
  readonly action?: string;
  /** A type, or a type and an id: `role`, `role:<id>`. */
  readonly resource?: string;
  /** From this moment on. */
  readonly from?: Date;
  /** Before this moment. */
  readonly to?: Date;
}

export interface AuditEntryView {
  readonly id: string;
  readonly at: Date;
  readonly actor: {
    readonly id: string | null;
    readonly kind: 'person' | 'api-key' | 'platform' | 'anonymous';
    /** As it is now; null once an account is closed. */
    readonly name: string | null;
  };
  readonly action: string;
  readonly resource: Resource | null;
  readonly outcome: Outcome;
  readonly changes: readonly Change[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly via: Via;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
}

/** Reads an audit: of a workspace, or of the platform. */
export interface AuditQueries {
  entries(workspaceId: WorkspaceId, filters: AuditFilters, request: PageRequest): Promise<Page<AuditEntryView>>;
}
