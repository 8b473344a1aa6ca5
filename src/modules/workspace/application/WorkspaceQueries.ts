import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { InvitationState } from '../domain/Invitation';
import type { InvitationId } from '../domain/InvitationId';

export interface WorkspaceView {
  readonly id: WorkspaceId;
  readonly name: string;
  readonly slug: string;
  readonly description: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly ownerId: UserId;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One of a person's workspaces, with the keys of the roles they have in it. */
export interface MyWorkspaceView extends WorkspaceView {
  readonly roles: readonly string[];
}

export type InvitationView = Omit<InvitationState, 'tokenHash' | 'workspaceId'>;

export interface InvitationMailView {
  readonly email: string;
  readonly workspaceName: string;
  /** Null when no person invites but an API key. */
  readonly inviterName: string | null;
}

export interface WorkspaceQueries {
  /** @throws NotFoundError */
  workspace(id: WorkspaceId): Promise<WorkspaceView>;
  /** The workspaces a person is an active member of. */
  workspacesOf(userId: UserId, request: PageRequest): Promise<Page<MyWorkspaceView>>;
  /** All workspaces a person is in, suspended or not, in the order in which they are to be locked. */
  membershipsOf(userId: UserId): Promise<readonly WorkspaceId[]>;
  /** The invitations that wait for an answer from an address, across workspaces. */
  openInvitationsTo(
    email: string,
  ): Promise<readonly { readonly workspaceId: WorkspaceId; readonly id: InvitationId }[]>;
  invitation(workspaceId: WorkspaceId, id: InvitationId): Promise<InvitationView>;
  /** What the mail says; null once the invitation is no longer open. */
  invitationMail(workspaceId: WorkspaceId, id: InvitationId): Promise<InvitationMailView | null>;
  /** Where a token leads, across workspaces; null for an unknown one. */
  workspaceOfInvitation(tokenHash: string): Promise<WorkspaceId | null>;
}
