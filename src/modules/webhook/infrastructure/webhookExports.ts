import { notExported } from '../../../core/application/TableExport';

export const webhookExports = [
  notExported('webhooks', 'Its secret, and often its URL, open something; what it tells is of this installation.'),
  notExported('webhook_deliveries', 'They tell what this installation has sent.'),
];
