import { notExported } from '../../../core/application/TableExport';

export const auditExports = [
  notExported(
    'audit_entries',
    'The audit tells what happened here; elsewhere, under new ids, nobody could vouch for it.',
  ),
  notExported('audit_links', 'They vouch for the entries of this installation.'),
];
