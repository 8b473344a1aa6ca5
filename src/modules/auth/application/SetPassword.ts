import type { Clock } from '../../../core/application/Clock';
import type { EventBus } from '../../../core/application/EventBus';
import type { SessionId, UserId } from '../../../core/domain/Id';
import type { CredentialRepository } from '../domain/CredentialRepository';
import { passwordChanged } from '../domain/events';
import type { MailedLinkRepository } from '../domain/MailedLinkRepository';
import type { MfaChallengeRepository } from '../domain/MfaChallengeRepository';
import type { EndSessions } from './EndSessions';

/**
 * Puts a new password in force, inside the open unit of work that holds the person, and ends what may have been opened
 * under the old one: sessions, sign-ins that wait for their second factor, and links to choose yet another.
 */
export class SetPassword {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly mfaChallenges: MfaChallengeRepository,
    private readonly mailedLinks: MailedLinkRepository,
    private readonly endSessions: EndSessions,
    private readonly eventBus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @param except the session that asked for it, where one did */
  async of(userId: UserId, passwordHash: string, how: 'changed' | 'reset', except?: SessionId): Promise<void> {
    const now = this.clock.now();
    await this.credentials.save(userId, passwordHash, now);
    await this.eventBus.publish([passwordChanged({ actorId: userId, at: now }, { userId, how })]);
    await this.mfaChallenges.removeOf(userId);
    await this.mailedLinks.voidOf(userId, 'password-reset');
    await this.endSessions.of(userId, 'password-changed', except);
  }
}
