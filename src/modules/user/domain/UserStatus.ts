import { ForbiddenError } from '../../../core/errors/ForbiddenError';

/** Whether a person may use their account, or their membership of a workspace. */
export type UserStatus = 'active' | 'inactive' | 'banned';

/** @throws ForbiddenError `ACCOUNT_INACTIVE`, `ACCOUNT_BANNED` */
export function assertActive(status: UserStatus): void {
  if (status === 'inactive') throw new ForbiddenError('ACCOUNT_INACTIVE', 'The account is inactive.');
  if (status === 'banned') throw new ForbiddenError('ACCOUNT_BANNED', 'The account is banned.');
}
