import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import { PagedQuery } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { ApiKeyQueries, ApiKeyView } from '../application/ApiKeyQueries';
import type { ApiKeyId } from '../domain/ApiKeyId';

const SELECT = `SELECT api_keys.id, api_keys.name, roles.key AS role, api_keys.prefix, api_keys.created_by AS "createdBy",
  api_keys.created_at AS "createdAt", api_keys.expires_at AS "expiresAt", api_keys.last_used_at AS "lastUsedAt"`;
const FROM = 'api_keys JOIN roles ON roles.workspace_id = api_keys.workspace_id AND roles.id = api_keys.role_id';
/** A revoked key has no role to be joined; that it is said lets the index of the others serve. */
const IN_WORKSPACE = 'api_keys.workspace_id = $1 AND api_keys.revoked_at IS NULL';

const FIND = statement('auth.api-key-view', `${SELECT} FROM ${FROM} WHERE ${IN_WORKSPACE} AND api_keys.id = $2`);

const LIST = new PagedQuery<ApiKeyView>({
  name: 'auth.api-keys',
  select: SELECT,
  from: FROM,
  where: IN_WORKSPACE,
  sorts: { createdAt: { by: 'api_keys.created_at', type: 'timestamptz' } },
  id: 'api_keys.id',
});

export class SqlApiKeyQueries implements ApiKeyQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async apiKey(workspaceId: WorkspaceId, id: ApiKeyId): Promise<ApiKeyView> {
    return found(await this.unitOfWork.read<ApiKeyView>({ workspaceId }, FIND, [workspaceId, id]));
  }

  apiKeys(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<ApiKeyView>> {
    return LIST.run(this.unitOfWork, { workspaceId }, [workspaceId], [], request);
  }
}
