import { notExported } from '../../../core/application/TableExport';

export const notificationExports = [
  notExported('notifications', 'They are of people, who were told already, and would be told of it anew.'),
  notExported('notified_events', 'It tells of which events people were told.'),
];
