import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import { PagedQuery } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type {
  InvitationMailView,
  InvitationView,
  MyWorkspaceView,
  WorkspaceQueries,
  WorkspaceView,
} from '../application/WorkspaceQueries';
import type { InvitationId } from '../domain/InvitationId';

const WORKSPACE = `SELECT workspaces.id, workspaces.name, workspaces.slug, workspaces.description, workspaces.settings,
  workspaces.owner_id AS "ownerId", workspaces.created_at AS "createdAt", workspaces.updated_at AS "updatedAt"`;

const FIND_WORKSPACE = statement('workspace.workspace', `${WORKSPACE} FROM workspaces WHERE id = $1`);

const LIST_MINE = new PagedQuery<MyWorkspaceView>({
  name: 'workspace.workspaces-of',
  select: `${WORKSPACE}, coalesce((
    SELECT json_agg(roles.key ORDER BY roles.key)
    FROM member_roles JOIN roles ON roles.workspace_id = member_roles.workspace_id AND roles.id = member_roles.role_id
    WHERE member_roles.workspace_id = members.workspace_id AND member_roles.user_id = members.user_id
  ), '[]') AS roles`,
  from: 'members JOIN workspaces ON workspaces.id = members.workspace_id',
  where: `members.user_id = $1 AND members.status = 'active'`,
  sorts: {
    name: { by: 'workspaces.name', type: 'text' },
    joinedAt: { by: 'members.joined_at', type: 'timestamptz' },
  },
  id: 'workspaces.id',
});

const FIND_INVITATION = statement(
  'workspace.invitation',
  `SELECT id, email, role, invited_by AS "invitedBy", status, created_at AS "createdAt", expires_at AS "expiresAt"
   FROM invitations WHERE workspace_id = $1 AND id = $2`,
);

const FIND_INVITATION_MAIL = statement(
  'workspace.invitation-mail',
  `SELECT invitations.email, workspaces.name AS "workspaceName", users.name AS "inviterName"
   FROM invitations
   JOIN workspaces ON workspaces.id = invitations.workspace_id
   LEFT JOIN users ON users.id = invitations.invited_by
   WHERE invitations.workspace_id = $1 AND invitations.id = $2
     AND invitations.status = 'pending' AND invitations.expires_at > now()`,
);

const FIND_BY_TOKEN = statement(
  'workspace.workspace-of-invitation',
  'SELECT workspace_id AS "workspaceId" FROM invitations WHERE token_hash = $1',
);

const MEMBERSHIPS_OF = statement(
  'workspace.memberships-of',
  'SELECT workspace_id AS "workspaceId" FROM members WHERE user_id = $1 ORDER BY workspace_id',
);

const OPEN_INVITATIONS_TO = statement(
  'workspace.open-invitations-to',
  `SELECT workspace_id AS "workspaceId", id FROM invitations WHERE email = $1 AND status = 'pending' ORDER BY id`,
);

export class SequelizeWorkspaceQueries implements WorkspaceQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async workspace(id: WorkspaceId): Promise<WorkspaceView> {
    return found(await this.unitOfWork.read<WorkspaceView>({ workspaceId: id }, FIND_WORKSPACE, [id]));
  }

  workspacesOf(userId: UserId, request: PageRequest): Promise<Page<MyWorkspaceView>> {
    return LIST_MINE.run(this.unitOfWork, { userId }, [userId], [], request);
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
