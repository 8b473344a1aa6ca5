import { notExported } from '../../../core/application/TableExport';

export const fileExports = [
  notExported('files', 'An archive holds rows; what they would tell of lies in the storage of this installation.'),
  notExported('task_attachments', 'So are the files.'),
  notExported('file_usage', 'It tells what the files here take.'),
];
