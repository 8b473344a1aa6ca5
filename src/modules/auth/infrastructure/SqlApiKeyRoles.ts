import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { ApiKeyRoles } from '../../role';

const ROLE_OF = statement(
  'auth.role-of-api-key',
  `SELECT roles.key AS role
   FROM api_keys JOIN roles ON roles.workspace_id = api_keys.workspace_id AND roles.id = api_keys.role_id
   WHERE api_keys.workspace_id = $1 AND api_keys.id = $2 AND api_keys.revoked_at IS NULL
     AND (api_keys.expires_at IS NULL OR api_keys.expires_at > now())`,
);

export class SqlApiKeyRoles implements ApiKeyRoles {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async roleOf(workspaceId: WorkspaceId, keyId: UserId): Promise<string | null> {
    const [row] = await this.unitOfWork.read<{ role: string }>({ workspaceId }, ROLE_OF, [workspaceId, keyId]);
    return row?.role ?? null;
  }
}
