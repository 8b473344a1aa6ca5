import { notExported } from '../../../core/application/TableExport';

export const authExports = [notExported('api_keys', 'A key opens the installation that it was made in.')];
