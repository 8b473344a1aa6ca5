import type { MailedTokens } from '../../../core/application/MailedTokens';
import type { InvitationState } from '../domain/Invitation';

/** What a mailed token of this context opens. */
export const INVITATION_TOKEN = 'invitation';

/** The token of one mailing of an invitation; no other mailing's is the same. */
export function issueInvitationToken(
  mailedTokens: MailedTokens,
  { id, mailing }: Pick<InvitationState, 'id' | 'mailing'>,
): string {
  return mailedTokens.issue(INVITATION_TOKEN, mailing === 1 ? id : `${id}:${mailing}`);
}
