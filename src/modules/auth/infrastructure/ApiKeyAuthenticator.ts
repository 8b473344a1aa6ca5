import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { Authenticated } from '../../../core/application/Authenticator';
import type { Clock } from '../../../core/application/Clock';
import type { Logger } from '../../../core/application/Logger';
import type { WorkspaceId } from '../../../core/domain/Id';
import { tokenHash } from '../../../core/domain/opaqueToken';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import { LookupCache } from '../../../core/infrastructure/cache/LookupCache';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import { principalOf, type ApiKeyId } from '../domain/ApiKeyId';
import { isWellFormed } from '../domain/apiKeyText';

interface KeyRow {
  readonly id: ApiKeyId;
  readonly workspaceId: WorkspaceId;
  readonly revoked: boolean;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

const FIND = statement(
  'auth.api-key',
  `SELECT id, workspace_id AS "workspaceId", revoked_at IS NOT NULL AS revoked, expires_at AS "expiresAt",
     last_used_at AS "lastUsedAt"
   FROM api_keys WHERE hash = $1`,
);

/** Of several nodes that notice the same use one writes it, and nobody waits for a row that somebody holds. */
const MARK_USED = statement(
  'auth.mark-api-key-used',
  `UPDATE api_keys SET last_used_at = $3
   WHERE (workspace_id, id) = (
     SELECT workspace_id, id FROM api_keys
     WHERE workspace_id = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at <= $4)
     FOR UPDATE SKIP LOCKED
   )`,
);

const USE_NOTED_EVERY_MS = 60_000;

/** The last moment a Date can hold (ECMA-262, section 21.4.1.1). */
const NEVER = new Date(8.64e15);

/** API keys, each kept for at most a second, and dropped at once when one is revoked. */
export class ApiKeyAuthenticator {
  private readonly keys = new LookupCache<KeyRow>();

  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly clock: Clock,
    private readonly logger: Logger,
    accessChanges: AccessChanges,
  ) {
    accessChanges.onChange(({ sessionId, workspaceId }) => {
      // A session of a person names no workspace, and a membership no session: those leave keys as they are.
      if (Boolean(sessionId) === Boolean(workspaceId)) this.keys.clear();
    });
  }

  /** @throws UnauthorizedError */
  async authenticate(text: string): Promise<Authenticated> {
    if (!isWellFormed(text)) throw unknownKey();
    const hash = tokenHash(text);
    const { id, workspaceId, revoked, expiresAt } = await this.keys.get(hash, () => this.lookUp(hash));
    if (revoked) throw new UnauthorizedError('SESSION_REVOKED', 'The API key was revoked.');
    if (expiresAt && this.clock.now() >= expiresAt) {
      throw new UnauthorizedError('TOKEN_EXPIRED', 'The API key has expired.');
    }
    const nobody = { email: '', emailVerified: false, platformAdmin: false };
    return {
      actor: { kind: 'api-key', ...principalOf(id), ...nobody },
      workspaceId,
      expiresAt: expiresAt ?? NEVER,
    };
  }

  /** Across workspaces, as the key is what tells the workspace. An unknown one fails, so that no guess is kept. */
  private async lookUp(hash: string): Promise<KeyRow> {
    const [row] = await this.unitOfWork.read<KeyRow>({ platform: true }, FIND, [hash]);
    if (!row) throw unknownKey();
    if (!row.revoked) await this.noteUse(row);
    return row;
  }

  /** Once a minute is often enough to find keys that nobody uses; failing to is no reason to refuse the request. */
  private async noteUse({ id, workspaceId, lastUsedAt }: KeyRow): Promise<void> {
    const now = this.clock.now();
    const before = new Date(now.getTime() - USE_NOTED_EVERY_MS);
    if (lastUsedAt && lastUsedAt > before) return;
    try {
      await this.unitOfWork.run({ workspaceId }, () =>
        this.unitOfWork.execute(MARK_USED, [workspaceId, id, now, before]),
      );
    } catch (error) {
      this.logger.warn('The use of an API key could not be noted', { error, apiKeyId: id });
    }
  }
}

function unknownKey(): UnauthorizedError {
  return new UnauthorizedError('UNAUTHENTICATED', 'The API key is not valid.');
}
