/** What other modules may use of the audit: to read it, where it tells of what is theirs. */
export type { AuditEntryView, AuditQueries } from './application/AuditQueries';
