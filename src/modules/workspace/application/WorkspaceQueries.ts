import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { InvitationState } from '../domain/Invitation';
import type { InvitationId } from '../domain/InvitationId';
import type { OwnershipOfferState } from '../domain/OwnershipOffer';
import type { OwnershipOfferId } from '../domain/OwnershipOfferId';
import type { WorkspaceSettings } from '../domain/WorkspaceSettings';
import type { WorkspaceStatus } from '../domain/WorkspaceStatus';

export interface WorkspaceView {
  readonly id: WorkspaceId;
  readonly name: string;
  readonly slug: string;
  readonly description: string | null;
  readonly settings: WorkspaceSettings;
  readonly ownerId: UserId;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One of a person's workspaces, with the keys of the roles they have in it. */
export interface MyWorkspaceView extends WorkspaceView {
  readonly roles: readonly string[];
  readonly status: WorkspaceStatus;
  readonly deletedAt: Date | null;
}

/** A workspace as platform admins see it: nothing of what is in it. */
export interface AdminWorkspaceView {
  readonly id: WorkspaceId;
  readonly name: string;
  readonly slug: string;
  readonly ownerId: UserId;
  readonly status: WorkspaceStatus;
  readonly suspensionReason: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

export interface AdminWorkspaceFilters {
  readonly status?: WorkspaceStatus | 'deleted';
  /** Part of the name or the slug. */
  readonly q?: string;
}

export interface InvitationView extends Omit<InvitationState, 'tokenHash' | 'workspaceId' | 'mailing' | 'status'> {
  /** One that waits is expired once its time is over. */
  readonly status: InvitationState['status'] | 'expired';
}

export interface InvitationFilters {
  readonly status?: InvitationView['status'];
}

export type OwnershipOfferView = Pick<OwnershipOfferState, 'id' | 'offeredBy' | 'userId' | 'createdAt' | 'expiresAt'>;

export interface OwnershipOfferMailView {
  readonly email: string;
  readonly workspaceName: string;
  readonly ownerName: string;
}

export interface InvitationMailView {
  readonly email: string;
  readonly workspaceName: string;
  /** Null when no person invites but an API key. */
  readonly inviterName: string | null;
  readonly mailing: number;
}

export interface WorkspaceQueries {
  /** @throws NotFoundError, also once it is deleted */
  workspace(id: WorkspaceId): Promise<WorkspaceView>;
  /** The workspaces a person is an active member of; or, of the deleted ones, those they can restore as an owner. */
  workspacesOf(userId: UserId, request: PageRequest, which?: { deleted: boolean }): Promise<Page<MyWorkspaceView>>;
  /** All workspaces, across tenants, for platform admins. */
  allWorkspaces(filters: AdminWorkspaceFilters, request: PageRequest): Promise<Page<AdminWorkspaceView>>;
  /** One of those. @throws NotFoundError */
  adminWorkspace(id: WorkspaceId): Promise<AdminWorkspaceView>;
  /** All workspaces a person is in, suspended or not, in the order in which they are to be locked. */
  membershipsOf(userId: UserId): Promise<readonly WorkspaceId[]>;
  /** The invitations that wait for an answer from an address, across workspaces. */
  openInvitationsTo(
    email: string,
  ): Promise<readonly { readonly workspaceId: WorkspaceId; readonly id: InvitationId }[]>;
  /** @throws NotFoundError */
  invitation(workspaceId: WorkspaceId, id: InvitationId): Promise<InvitationView>;
  invitationsOf(
    workspaceId: WorkspaceId,
    filters: InvitationFilters,
    request: PageRequest,
  ): Promise<Page<InvitationView>>;
  /** The open offer that somebody made, or that was made to them. @throws NotFoundError */
  ownershipOffer(workspaceId: WorkspaceId, userId: UserId): Promise<OwnershipOfferView>;
  /** What the mail says; null once the offer is no longer open. */
  ownershipOfferMail(workspaceId: WorkspaceId, id: OwnershipOfferId): Promise<OwnershipOfferMailView | null>;
  /** The open workspaces, across tenants, that let addresses of a domain in and that a person is not in. */
  workspacesOpenTo(domain: string, userId: UserId): Promise<readonly WorkspaceId[]>;
  /** What the mail says; null once the invitation is no longer open. */
  invitationMail(workspaceId: WorkspaceId, id: InvitationId): Promise<InvitationMailView | null>;
  /** Where a token leads, across workspaces; null for an unknown one. */
  workspaceOfInvitation(tokenHash: string): Promise<WorkspaceId | null>;
}
