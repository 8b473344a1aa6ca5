import type { AtriumModule } from '../../core/bootstrap/module';
import { Delivery } from './application/Delivery';
import { ForgetPersonOnAccountClosed } from './application/ForgetPersonOnAccountClosed';
import { MailDigest } from './application/MailDigest';
import { MailDigests } from './application/MailDigests';
import { MailNotification } from './application/MailNotification';
import { MarkAllRead } from './application/MarkAllRead';
import { MarkRead } from './application/MarkRead';
import { NotificationKinds } from './application/NotificationKinds';
import { Notifications } from './application/Notifications';
import { NotifyInvitedOnMemberInvited } from './application/NotifyInvitedOnMemberInvited';
import { NotifyManagersOnMemberJoined } from './application/NotifyManagersOnMemberJoined';
import { NotifyMemberOnOwnershipOffered } from './application/NotifyMemberOnOwnershipOffered';
import { NotifyMemberOnRolesChanged } from './application/NotifyMemberOnRolesChanged';
import { Preferences } from './application/Preferences';
import { PushNotification } from './application/PushNotification';
import { PushSubscriptions } from './application/PushSubscriptions';
import { WithdrawInvitedOnInvitationRevoked } from './application/WithdrawInvitedOnInvitationRevoked';
import { WithdrawInvitedOnMemberJoined } from './application/WithdrawInvitedOnMemberJoined';
import { notificationCreated } from './domain/events';
import { notificationKinds } from './domain/kinds';
import { createNotifications } from './infrastructure/migrations/createNotifications';
import { notificationExports } from './infrastructure/notificationExports';
import { PurgeOldNotifications } from './infrastructure/PurgeOldNotifications';
import { SqlNotificationQueries } from './infrastructure/SqlNotificationQueries';
import { SqlNotificationRepository } from './infrastructure/SqlNotificationRepository';
import { SqlPreferenceRepository } from './infrastructure/SqlPreferenceRepository';
import { SqlPushSubscriptionRepository } from './infrastructure/SqlPushSubscriptionRepository';
import { SqlRecipients } from './infrastructure/SqlRecipients';
import { WebPushSender } from './infrastructure/WebPushSender';
import { NotificationController } from './presentation/NotificationController';
import { PreferenceController } from './presentation/PreferenceController';

export const notificationModule: AtriumModule = {
  name: 'notification',
  services: {
    notifications: SqlNotificationRepository,
    notificationQueries: SqlNotificationQueries,
    notificationKinds: NotificationKinds,
    preferences: SqlPreferenceRepository,
    recipients: SqlRecipients,
    pushSubscriptionRepository: SqlPushSubscriptionRepository,
    pushSender: WebPushSender,
    notifier: Notifications,
    delivery: Delivery,
    markRead: MarkRead,
    markAllRead: MarkAllRead,
    notificationPreferences: Preferences,
    pushSubscriptions: PushSubscriptions,
  },
  controllers: [NotificationController, PreferenceController],
  events: [notificationCreated],
  handlers: [
    NotifyInvitedOnMemberInvited,
    NotifyManagersOnMemberJoined,
    NotifyMemberOnRolesChanged,
    NotifyMemberOnOwnershipOffered,
    WithdrawInvitedOnInvitationRevoked,
    WithdrawInvitedOnMemberJoined,
    ForgetPersonOnAccountClosed,
  ],
  jobs: [MailNotification, PushNotification, MailDigests, MailDigest, PurgeOldNotifications],
  permissions: [],
  notificationKinds,
  models: [],
  migrations: [createNotifications],
  exports: notificationExports,
};
