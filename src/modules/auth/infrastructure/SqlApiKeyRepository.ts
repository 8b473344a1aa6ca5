import type { EventBus } from '../../../core/application/EventBus';
import type { WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { mapViolations } from '../../../core/infrastructure/database/databaseErrors';
import { found } from '../../../core/infrastructure/database/found';
import { publishWritten } from '../../../core/infrastructure/database/publishWritten';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import { ApiKey, type ApiKeyState } from '../domain/ApiKey';
import type { ApiKeyId } from '../domain/ApiKeyId';
import type { ApiKeyRepository } from '../domain/ApiKeyRepository';

const FIND = statement(
  'auth.find-api-key',
  `SELECT api_keys.id, api_keys.workspace_id AS "workspaceId", api_keys.name, roles.key AS role, api_keys.hash,
     api_keys.prefix, api_keys.created_by AS "createdBy", api_keys.created_at AS "createdAt",
     api_keys.expires_at AS "expiresAt", api_keys.revoked_at AS "revokedAt", api_keys.version
   FROM api_keys
   LEFT JOIN roles ON roles.workspace_id = api_keys.workspace_id AND roles.id = api_keys.role_id
   WHERE api_keys.workspace_id = $1 AND api_keys.id = $2
   FOR UPDATE OF api_keys`,
);
const ADD = statement(
  'auth.add-api-key',
  `INSERT INTO api_keys
     (workspace_id, id, name, role_id, hash, prefix, created_by, created_at, expires_at, revoked_at, version)
   VALUES ($1, $2, $3, (SELECT id FROM roles WHERE workspace_id = $1 AND key = $4), $5, $6, $7, $8, $9, $10, 1)
   RETURNING id`,
);
const CHANGE = statement(
  'auth.change-api-key',
  `UPDATE api_keys SET name = $4, revoked_at = $6, version = version + 1,
     role_id = (SELECT id FROM roles WHERE roles.workspace_id = $1 AND roles.key = $5)
   WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING id`,
);

/** Its role went while the key was being made, so that the key has none or refers to none. */
const CONFLICTS = {
  api_keys_role: () => ConflictError.stale(),
  api_keys_role_until_revoked: () => ConflictError.stale(),
};

/** Leaves `last_used_at` alone, which is the authenticator's to write. */
export class SqlApiKeyRepository implements ApiKeyRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async get(workspaceId: WorkspaceId, id: ApiKeyId): Promise<ApiKey> {
    const rows = await this.unitOfWork.execute<ApiKeyState & { version: number }>(FIND, [workspaceId, id]);
    const { version, ...state } = found(rows);
    return ApiKey.restore(state, version);
  }

  async save(apiKey: ApiKey): Promise<void> {
    const { state, version } = apiKey;
    const { workspaceId, id, name, role, hash, prefix, createdBy, createdAt, expiresAt, revokedAt } = state;
    const saved = await mapViolations(CONFLICTS, () =>
      version === 0
        ? this.unitOfWork.execute(ADD, [
            workspaceId,
            id,
            name,
            role,
            hash,
            prefix,
            createdBy,
            createdAt,
            expiresAt,
            revokedAt,
          ])
        : this.unitOfWork.execute(CHANGE, [workspaceId, id, version, name, role, revokedAt]),
    );
    await publishWritten(this.eventBus, apiKey, saved);
  }
}
