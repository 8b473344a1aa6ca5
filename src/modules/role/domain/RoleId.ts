import type { Brand } from '../../../core/domain/Brand';

export type RoleId = Brand<string, 'RoleId'>;
