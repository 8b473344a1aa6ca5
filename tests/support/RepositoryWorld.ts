import type { UnitOfWork } from '../../src/core/application/UnitOfWork';
import type { ApiKeyRepository } from '../../src/modules/auth/domain/ApiKeyRepository';
import type { CredentialRepository } from '../../src/modules/auth/domain/CredentialRepository';
import type { IdentityRepository } from '../../src/modules/auth/domain/IdentityRepository';
import type { MailedLinkRepository } from '../../src/modules/auth/domain/MailedLinkRepository';
import type { MfaChallengeRepository } from '../../src/modules/auth/domain/MfaChallengeRepository';
import type { RefreshTokenRepository } from '../../src/modules/auth/domain/RefreshTokenRepository';
import type { SessionRepository } from '../../src/modules/auth/domain/SessionRepository';
import type { TotpRepository } from '../../src/modules/auth/domain/TotpRepository';
import type { ApiKeyRoles } from '../../src/modules/role';
import type { RoleRepository } from '../../src/modules/role/domain/RoleRepository';
import type { UserQueries } from '../../src/modules/user/application/UserQueries';
import type { AvatarRepository } from '../../src/modules/user/domain/AvatarRepository';
import type { UserRepository } from '../../src/modules/user/domain/UserRepository';
import type { DeliveryRepository } from '../../src/modules/webhook/domain/DeliveryRepository';
import type { WebhookRepository } from '../../src/modules/webhook/domain/WebhookRepository';
import type { WorkspaceQueries } from '../../src/modules/workspace/application/WorkspaceQueries';
import type { InvitationRepository } from '../../src/modules/workspace/domain/InvitationRepository';
import type { MemberRepository } from '../../src/modules/workspace/domain/MemberRepository';
import type { OwnershipOfferRepository } from '../../src/modules/workspace/domain/OwnershipOfferRepository';
import type { WorkspaceRepository } from '../../src/modules/workspace/domain/WorkspaceRepository';

/** Where a contract holds: all repositories around one unit of work, as fakes or on PostgreSQL. */
export interface RepositoryWorld {
  readonly unitOfWork: UnitOfWork;
  readonly users: UserRepository;
  readonly userQueries: UserQueries;
  readonly avatars: AvatarRepository;
  readonly workspaces: WorkspaceRepository;
  readonly members: MemberRepository;
  readonly invitations: InvitationRepository;
  readonly ownershipOffers: OwnershipOfferRepository;
  readonly workspaceQueries: WorkspaceQueries;
  readonly roles: RoleRepository;
  readonly apiKeys: ApiKeyRepository;
  readonly apiKeyRoles: ApiKeyRoles;
  readonly webhookRepository: WebhookRepository;
  readonly deliveries: DeliveryRepository;
  readonly sessions: SessionRepository;
  readonly credentials: CredentialRepository;
  readonly refreshTokenRepository: RefreshTokenRepository;
  readonly mailedLinks: MailedLinkRepository;
  readonly totps: TotpRepository;
  readonly mfaChallenges: MfaChallengeRepository;
  readonly identities: IdentityRepository;
  /** The types of all events that were committed, in order. */
  published(): Promise<string[]>;
  stop(): Promise<void>;
}

export type StartWorld = () => Promise<RepositoryWorld>;
