import type { Brand } from '../../../core/domain/Brand';

export type NotificationId = Brand<string, 'NotificationId'>;
