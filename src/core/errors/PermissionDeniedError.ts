import type { WorkspaceId } from '../domain/Id';
import type { ErrorDetails } from './AppError';
import { ForbiddenError } from './ForbiddenError';

/** A member lacks a permission in a workspace (403). */
export class PermissionDeniedError extends ForbiddenError {
  constructor(
    readonly permission: string,
    readonly workspaceId: WorkspaceId,
    explanation: Pick<ErrorDetails, 'reason' | 'grantableBy'> = {},
  ) {
    super('PERMISSION_DENIED', `This takes the permission ${permission}.`, { permission, ...explanation });
  }
}
