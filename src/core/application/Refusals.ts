import { PermissionDeniedError } from '../errors/PermissionDeniedError';
import type { Logger } from './Logger';
import type { PermissionExplanations } from './PermissionExplanations';

/** Explains refusals once they have happened, so that who is allowed something pays nothing for it. */
export class Refusals {
  constructor(
    private readonly permissionExplanations: PermissionExplanations,
    private readonly logger: Logger,
  ) {}

  /** The same error, with what only a lookup can tell; without it when that fails. */
  async explained(error: unknown): Promise<unknown> {
    if (!(error instanceof PermissionDeniedError)) return error;
    const { permission, workspaceId } = error;
    try {
      const explanation = await this.permissionExplanations.explain(workspaceId, permission);
      return new PermissionDeniedError(permission, workspaceId, explanation);
    } catch (failure) {
      this.logger.warn('A refusal could not be explained', { error: failure });
      return error;
    }
  }
}
