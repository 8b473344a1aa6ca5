import { createHmac } from 'node:crypto';
import { tokenHash } from '../domain/opaqueToken';

/**
 * Secrets of 256 bits that people receive by mail. A token is derived from the id of what it opens, so that the job
 * that mails it can make it again, and neither the database, the event log nor a job ever holds it: only its hash.
 */
export class MailedTokens {
  constructor(private readonly mailedTokenKey: Buffer) {}

  /** The token for one id, 43 characters of base64url. */
  issue(purpose: string, id: string): string {
    return createHmac('sha256', this.mailedTokenKey).update(`${purpose}:${id}`).digest('base64url');
  }

  /** What is stored and looked up. */
  hash(token: string): string {
    return tokenHash(token);
  }
}
