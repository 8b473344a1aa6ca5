import { notExported } from '../../../core/application/TableExport';

export const exportExports = [
  notExported('workspace_exports', 'The archives lie where they were made, and would hold each other.'),
];
