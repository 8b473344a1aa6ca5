import type { AtriumModule } from '../../core/bootstrap/module';
import { CreateWebhook } from './application/CreateWebhook';
import { DeleteWebhook } from './application/DeleteWebhook';
import { Deliver } from './application/Deliver';
import { DeliverOnPublicEvent } from './application/DeliverOnPublicEvent';
import { DeliveryJobs } from './application/DeliveryJobs';
import { EventCatalogue } from './application/EventCatalogue';
import { NotifyManagersOnWebhookDisabled } from './application/NotifyManagersOnWebhookDisabled';
import { PurgeDeliveries } from './application/PurgeDeliveries';
import { ReplayDelivery } from './application/ReplayDelivery';
import { ReplayTimeSpan } from './application/ReplayTimeSpan';
import { RotateWebhookSecret } from './application/RotateWebhookSecret';
import { UpdateWebhook } from './application/UpdateWebhook';
import {
  webhookCreated,
  webhookDeleted,
  webhookDisabled,
  webhookEnabled,
  webhookReplayed,
  webhookSecretRotated,
  webhookUpdated,
} from './domain/events';
import { webhookNotificationKinds } from './domain/kinds';
import { webhookPermissions } from './domain/permissions';
import { HttpWebhookSender } from './infrastructure/HttpWebhookSender';
import { createWebhooks } from './infrastructure/migrations/createWebhooks';
import { SqlDeliveryRepository } from './infrastructure/SqlDeliveryRepository';
import { SqlWebhookQueries } from './infrastructure/SqlWebhookQueries';
import { SqlWebhookRepository } from './infrastructure/SqlWebhookRepository';
import { SqlWorkspaceEvents } from './infrastructure/SqlWorkspaceEvents';
import { webhookExports } from './infrastructure/webhookExports';
import { DeliveryController } from './presentation/DeliveryController';
import { EventController } from './presentation/EventController';
import { WebhookController } from './presentation/WebhookController';

export const webhookModule: AtriumModule = {
  name: 'webhook',
  services: {
    webhookRepository: SqlWebhookRepository,
    deliveries: SqlDeliveryRepository,
    webhookQueries: SqlWebhookQueries,
    workspaceEvents: SqlWorkspaceEvents,
    webhookSender: HttpWebhookSender,
    deliveryJobs: DeliveryJobs,
    eventCatalogue: EventCatalogue,
    createWebhook: CreateWebhook,
    updateWebhook: UpdateWebhook,
    deleteWebhook: DeleteWebhook,
    rotateWebhookSecret: RotateWebhookSecret,
    replayDelivery: ReplayDelivery,
    replayTimeSpan: ReplayTimeSpan,
  },
  controllers: [WebhookController, DeliveryController, EventController],
  events: [
    webhookCreated,
    webhookUpdated,
    webhookEnabled,
    webhookDisabled,
    webhookSecretRotated,
    webhookReplayed,
    webhookDeleted,
  ],
  handlers: [DeliverOnPublicEvent, NotifyManagersOnWebhookDisabled],
  jobs: [Deliver, PurgeDeliveries],
  permissions: webhookPermissions,
  notificationKinds: webhookNotificationKinds,
  models: [],
  migrations: [createWebhooks],
  exports: webhookExports,
};
