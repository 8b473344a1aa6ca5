import type { Brand } from '../../../core/domain/Brand';

export type InvitationId = Brand<string, 'InvitationId'>;
