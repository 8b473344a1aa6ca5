import { PagedQuery } from '../../../core/infrastructure/database/PagedQuery';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { InvitationView } from '../application/WorkspaceQueries';

/** Of an invitation, as it is told: one that waits is expired once its time is over. */
export const INVITATION_STATUS = `CASE WHEN status = 'pending' AND expires_at <= now() THEN 'expired' ELSE status END`;

const INVITATION = `SELECT id, email, role, invited_by AS "invitedBy", ${INVITATION_STATUS} AS status, sent_at AS "sentAt",
  created_at AS "createdAt", expires_at AS "expiresAt"`;

export const FIND_INVITATION = statement(
  'workspace.invitation',
  `${INVITATION} FROM invitations WHERE workspace_id = $1 AND id = $2`,
);

export const LIST_INVITATIONS = new PagedQuery<InvitationView>({
  name: 'workspace.invitations',
  select: INVITATION,
  from: 'invitations',
  where: 'workspace_id = $1',
  sorts: { createdAt: { by: 'created_at', type: 'timestamptz' } },
  id: 'id',
});

export const FIND_INVITATION_MAIL = statement(
  'workspace.invitation-mail',
  `SELECT invitations.email, workspaces.name AS "workspaceName", users.name AS "inviterName",
     invitations.mailing
   FROM invitations
   JOIN workspaces ON workspaces.id = invitations.workspace_id
   LEFT JOIN users ON users.id = invitations.invited_by
   WHERE invitations.workspace_id = $1 AND invitations.id = $2
     AND invitations.status = 'pending' AND invitations.expires_at > now()
     AND workspaces.status = 'active' AND workspaces.deleted_at IS NULL`,
);

export const FIND_BY_TOKEN = statement(
  'workspace.workspace-of-invitation',
  `SELECT workspace_id AS "workspaceId" FROM invitations JOIN workspaces ON workspaces.id = workspace_id
   WHERE token_hash = $1 AND deleted_at IS NULL`,
);

export const OPEN_INVITATIONS_TO = statement(
  'workspace.open-invitations-to',
  `SELECT workspace_id AS "workspaceId", id FROM invitations WHERE email = $1 AND status = 'pending' ORDER BY id`,
);

export const FIND_OFFER = statement(
  'workspace.ownership-offer',
  `SELECT id, offered_by AS "offeredBy", user_id AS "userId", created_at AS "createdAt", expires_at AS "expiresAt"
   FROM ownership_offers
   WHERE workspace_id = $1 AND status = 'pending' AND expires_at > now() AND $2 IN (offered_by, user_id)`,
);

export const FIND_OFFER_MAIL = statement(
  'workspace.ownership-offer-mail',
  `SELECT person.email, workspaces.name AS "workspaceName", owner.name AS "ownerName"
   FROM ownership_offers
   JOIN workspaces ON workspaces.id = ownership_offers.workspace_id
   JOIN users AS person ON person.id = ownership_offers.user_id
   JOIN users AS owner ON owner.id = ownership_offers.offered_by
   JOIN members ON members.workspace_id = ownership_offers.workspace_id AND members.user_id = person.id
   WHERE ownership_offers.workspace_id = $1 AND ownership_offers.id = $2
     AND ownership_offers.status = 'pending' AND ownership_offers.expires_at > now()
     AND members.status = 'active' AND workspaces.status = 'active' AND workspaces.deleted_at IS NULL`,
);
