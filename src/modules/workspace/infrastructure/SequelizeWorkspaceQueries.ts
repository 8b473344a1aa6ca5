import type { Page, PageRequest } from '../../../core/application/Page';
import { OWNER_ROLE } from '../../../core/domain/Actor';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import { literal } from '../../../core/infrastructure/database/literal';
import { PagedQuery, type Filter } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type {
  AdminWorkspaceFilters,
  AdminWorkspaceView,
  InvitationFilters,
  InvitationMailView,
  InvitationView,
  MyWorkspaceView,
  OwnershipOfferMailView,
  OwnershipOfferView,
  WorkspaceQueries,
  WorkspaceView,
} from '../application/WorkspaceQueries';
import type { InvitationId } from '../domain/InvitationId';
import type { OwnershipOfferId } from '../domain/OwnershipOfferId';
import {
  FIND_BY_TOKEN,
  FIND_INVITATION,
  FIND_INVITATION_MAIL,
  FIND_OFFER,
  FIND_OFFER_MAIL,
  LIST_INVITATIONS,
  OPEN_INVITATIONS_TO,
  INVITATION_STATUS,
} from './invitationStatements';

const WORKSPACE = `SELECT workspaces.id, workspaces.name, workspaces.slug, workspaces.description, workspaces.settings,
  workspaces.owner_id AS "ownerId", workspaces.created_at AS "createdAt", workspaces.updated_at AS "updatedAt"`;

const FIND_WORKSPACE = statement(
  'workspace.workspace',
  `${WORKSPACE} FROM workspaces WHERE id = $1 AND deleted_at IS NULL`,
);

const MINE = {
  select: `${WORKSPACE}, workspaces.status, workspaces.deleted_at AS "deletedAt", coalesce((
    SELECT json_agg(roles.key ORDER BY roles.key)
    FROM member_roles JOIN roles ON roles.workspace_id = member_roles.workspace_id AND roles.id = member_roles.role_id
    WHERE member_roles.workspace_id = members.workspace_id AND member_roles.user_id = members.user_id
  ), '[]') AS roles`,
  from: 'members JOIN workspaces ON workspaces.id = members.workspace_id',
  sorts: {
    name: { by: 'workspaces.name', type: 'text' },
    joinedAt: { by: 'members.joined_at', type: 'timestamptz' },
  },
  id: 'workspaces.id',
} as const;

const LIST_MINE = new PagedQuery<MyWorkspaceView>({
  ...MINE,
  name: 'workspace.workspaces-of',
  where: `members.user_id = $1 AND members.status = 'active' AND workspaces.deleted_at IS NULL`,
});

const LIST_RESTORABLE = new PagedQuery<MyWorkspaceView>({
  ...MINE,
  name: 'workspace.restorable-of',
  where: `members.user_id = $1 AND members.status = 'active' AND workspaces.deleted_at > now() - interval '30 days'
    AND EXISTS (
      SELECT FROM member_roles JOIN roles ON roles.workspace_id = member_roles.workspace_id AND roles.id = member_roles.role_id
      WHERE member_roles.workspace_id = members.workspace_id AND member_roles.user_id = members.user_id
        AND roles.key = '${OWNER_ROLE}')`,
});

const ADMIN_WORKSPACE = `SELECT id, name, slug, owner_id AS "ownerId", status, suspension_reason AS "suspensionReason",
  created_at AS "createdAt", updated_at AS "updatedAt", deleted_at AS "deletedAt"`;

const FIND_FOR_ADMIN = statement('workspace.admin-workspace', `${ADMIN_WORKSPACE} FROM workspaces WHERE id = $1`);

const LIST_ALL = new PagedQuery<AdminWorkspaceView>({
  name: 'workspace.workspaces',
  select: ADMIN_WORKSPACE,
  from: 'workspaces',
  where: 'true',
  sorts: { createdAt: { by: 'created_at', type: 'timestamptz' }, name: { by: 'name', type: 'text' } },
  id: 'id',
});

const IN_STATUS = 'status = ? AND deleted_at IS NULL';
const IS_DELETED = `? = 'deleted' AND deleted_at IS NOT NULL`;
const WITH_PART_OF_NAME = '(name ILIKE ? OR slug ILIKE ?)';

const OPEN_TO = statement(
  'workspace.open-to-domain',
  `SELECT workspaces.id FROM allowed_email_domains
   JOIN workspaces ON workspaces.id = allowed_email_domains.workspace_id
   WHERE allowed_email_domains.domain = $1 AND workspaces.status = 'active' AND workspaces.deleted_at IS NULL
     AND NOT EXISTS (SELECT FROM members WHERE members.workspace_id = workspaces.id AND members.user_id = $2)
   ORDER BY workspaces.id`,
);

const MEMBERSHIPS_OF = statement(
  'workspace.memberships-of',
  'SELECT workspace_id AS "workspaceId" FROM members WHERE user_id = $1 ORDER BY workspace_id',
);

export class SequelizeWorkspaceQueries implements WorkspaceQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async workspace(id: WorkspaceId): Promise<WorkspaceView> {
    return found(await this.unitOfWork.read<WorkspaceView>({ workspaceId: id }, FIND_WORKSPACE, [id]));
  }

  workspacesOf(userId: UserId, request: PageRequest, { deleted } = { deleted: false }): Promise<Page<MyWorkspaceView>> {
    const list = deleted ? LIST_RESTORABLE : LIST_MINE;
    return list.run(this.unitOfWork, { userId }, [userId], [], request);
  }

  allWorkspaces({ status, q }: AdminWorkspaceFilters, request: PageRequest): Promise<Page<AdminWorkspaceView>> {
    const filters: Filter[] = [];
    if (status) filters.push([status === 'deleted' ? IS_DELETED : IN_STATUS, status]);
    if (q) filters.push([WITH_PART_OF_NAME, `%${literal(q)}%`]);
    return LIST_ALL.run(this.unitOfWork, { platform: true }, [], filters, request);
  }

  async adminWorkspace(id: WorkspaceId): Promise<AdminWorkspaceView> {
    return found(await this.unitOfWork.read<AdminWorkspaceView>({ workspaceId: id }, FIND_FOR_ADMIN, [id]));
  }

  async membershipsOf(userId: UserId): Promise<readonly WorkspaceId[]> {
    const rows = await this.unitOfWork.read<{ workspaceId: WorkspaceId }>({ userId }, MEMBERSHIPS_OF, [userId]);
    return rows.map(({ workspaceId }) => workspaceId);
  }

  openInvitationsTo(email: string): Promise<readonly { workspaceId: WorkspaceId; id: InvitationId }[]> {
    return this.unitOfWork.read({ platform: true }, OPEN_INVITATIONS_TO, [email]);
  }

  async invitation(workspaceId: WorkspaceId, id: InvitationId): Promise<InvitationView> {
    return found(await this.unitOfWork.read<InvitationView>({ workspaceId }, FIND_INVITATION, [workspaceId, id]));
  }

  invitationsOf(
    workspaceId: WorkspaceId,
    { status }: InvitationFilters,
    request: PageRequest,
  ): Promise<Page<InvitationView>> {
    const filters: Filter[] = status ? [[`${INVITATION_STATUS} = ?`, status]] : [];
    return LIST_INVITATIONS.run(this.unitOfWork, { workspaceId }, [workspaceId], filters, request);
  }

  async ownershipOffer(workspaceId: WorkspaceId, userId: UserId): Promise<OwnershipOfferView> {
    return found(await this.unitOfWork.read<OwnershipOfferView>({ workspaceId }, FIND_OFFER, [workspaceId, userId]));
  }

  async ownershipOfferMail(workspaceId: WorkspaceId, id: OwnershipOfferId): Promise<OwnershipOfferMailView | null> {
    const values = [workspaceId, id];
    const [row] = await this.unitOfWork.read<OwnershipOfferMailView>({ workspaceId }, FIND_OFFER_MAIL, values);
    return row ?? null;
  }

  async workspacesOpenTo(domain: string, userId: UserId): Promise<readonly WorkspaceId[]> {
    const scope = { platform: true } as const;
    const rows = await this.unitOfWork.read<{ id: WorkspaceId }>(scope, OPEN_TO, [domain, userId]);
    return rows.map(({ id }) => id);
  }

  async invitationMail(workspaceId: WorkspaceId, id: InvitationId): Promise<InvitationMailView | null> {
    const values = [workspaceId, id];
    const [row] = await this.unitOfWork.read<InvitationMailView>({ workspaceId }, FIND_INVITATION_MAIL, values);
    return row ?? null;
  }

  async workspaceOfInvitation(tokenHash: string): Promise<WorkspaceId | null> {
    const scope = { platform: true } as const;
    const [row] = await this.unitOfWork.read<{ workspaceId: WorkspaceId }>(scope, FIND_BY_TOKEN, [tokenHash]);
    return row?.workspaceId ?? null;
  }
}
