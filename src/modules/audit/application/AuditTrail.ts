import type { AuditEntry } from '../domain/AuditEntry';

/** Where entries are written, inside the open unit of work; they can be neither changed nor taken back. */
export interface AuditTrail {
  append(entry: AuditEntry): Promise<void>;
}
