import { OWNER_ROLE, type WorkspaceActor } from '../../../core/domain/Actor';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { ValidationError } from '../../../core/errors/ValidationError';
import { domainOf } from '../domain/EmailDomain';
import type { SettingsChanges, WorkspaceSettings } from '../domain/WorkspaceSettings';
import type { MemberRoles } from './MemberRoles';

/** Who may set what: a setting lets people in, so it must not be worth more than an invitation by the same person. */
export class SettingsRules {
  constructor(private readonly memberRoles: MemberRoles) {}

  /**
   * To be asked under the workspace's lock.
   * @throws ForbiddenError `ROLE_ESCALATION`, ValidationError
   */
  async assertMayChange(actor: WorkspaceActor, current: WorkspaceSettings, changes: SettingsChanges): Promise<void> {
    const { defaultRole, allowedEmailDomains } = changes;
    if (defaultRole) await this.assertMayGrant(actor, defaultRole);
    if (allowedEmailDomains === undefined) return;
    const owners = await this.memberRoles.owners(actor.workspaceId);
    if (!owners.includes(actor.userId)) {
      throw ForbiddenError.escalation('Only an owner says which e-mail domains let people in.');
    }
    const known = current.allowedEmailDomains ?? [];
    const own = actor.emailVerified ? domainOf(actor.email) : null;
    if (allowedEmailDomains?.some((domain) => domain !== own && !known.includes(domain))) {
      throw ValidationError.field(
        'settings.allowedEmailDomains',
        'settings.allowedEmailDomains takes only the domain of your own verified address on top of those that are set.',
      );
    }
  }

  private async assertMayGrant(actor: WorkspaceActor, role: string): Promise<void> {
    const noRole = ValidationError.field(
      'settings.defaultRole',
      'settings.defaultRole must be the key of a role of this workspace other than owner.',
    );
    if (role === OWNER_ROLE) throw noRole;
    try {
      await this.memberRoles.assertMayGrant(actor, role);
    } catch (error) {
      throw error instanceof ValidationError ? noRole : error;
    }
  }
}
