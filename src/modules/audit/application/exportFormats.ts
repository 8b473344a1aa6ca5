import type { AuditEntryView } from './AuditQueries';

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

interface Format {
  readonly type: string;
  readonly header: string;
  readonly line: (entry: AuditEntryView) => string;
}

const COLUMNS: Readonly<Record<string, (entry: AuditEntryView) => string | null | undefined>> = {
  id: ({ id }) => id,
  at: ({ at }) => at.toISOString(),
  actorId: ({ actor }) => actor.id,
  actorKind: ({ actor }) => actor.kind,
  actorName: ({ actor }) => actor.name,
  action: ({ action }) => action,
  resourceType: ({ resource }) => resource?.type,
  resourceId: ({ resource }) => resource?.id,
  outcome: ({ outcome }) => outcome,
  changes: ({ changes }) => JSON.stringify(changes),
  details: ({ details }) => JSON.stringify(details),
  via: ({ via }) => via,
  ip: ({ ip }) => ip,
  userAgent: ({ userAgent }) => userAgent,
  requestId: ({ requestId }) => requestId,
};

/**
 * One cell (RFC 4180). Spreadsheets run what begins like a formula, so that it gets an apostrophe in front, which they
 * take for the mark of a text (OWASP, CSV Injection).
 */
export function csvCell(value: string): string {
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

const row = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** How entries are written, one after the other. */
export const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  ndjson: { type: 'application/x-ndjson', header: '', line: (entry) => `${JSON.stringify(entry)}\n` },
  csv: {
    type: 'text/csv',
    header: row(Object.keys(COLUMNS)),
    line: (entry) => row(Object.values(COLUMNS).map((cell) => cell(entry) ?? '')),
  },
};
