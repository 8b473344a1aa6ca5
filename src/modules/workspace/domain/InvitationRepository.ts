import type { WorkspaceId } from '../../../core/domain/Id';
import type { Invitation } from './Invitation';
import type { InvitationId } from './InvitationId';

export interface InvitationRepository {
  /** @throws NotFoundError */
  get(workspaceId: WorkspaceId, id: InvitationId): Promise<Invitation>;
  /** The same, held against all others until the transaction ends. @throws NotFoundError */
  hold(workspaceId: WorkspaceId, id: InvitationId): Promise<Invitation>;
  /** The one that waits for an answer from this address, if there is one. */
  findPending(workspaceId: WorkspaceId, email: string): Promise<Invitation | null>;
  /** By the hash of its token, held against all others until the transaction ends. */
  findByToken(workspaceId: WorkspaceId, tokenHash: string): Promise<Invitation | null>;
  /** @throws ConflictError when it was changed since it was read, or another one to the address was made meanwhile. */
  save(invitation: Invitation): Promise<void>;
}
