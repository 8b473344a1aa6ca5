import { createHmac, randomBytes } from 'node:crypto';
import type { Brand } from '../../../core/domain/Brand';

/** What sender and receiver share: `whsec_` and base64 of 32 random bytes (Standard Webhooks, "Signature scheme"). */
export type WebhookSecret = Brand<string, 'WebhookSecret'>;

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

export function newWebhookSecret(): WebhookSecret {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}` as WebhookSecret;
}

/** What a receiver verifies, and can tell from a repetition. */
interface Message {
  readonly id: string;
  /** When it is sent, not when it happened: receivers refuse what is older than five minutes. */
  readonly at: Date;
  readonly body: string;
}

/**
 * The headers of Standard Webhooks for a message: HMAC-SHA256 over id, time in whole seconds and body, once by each
 * secret, so that receivers can change theirs at leisure.
 */
export function signedHeaders(secrets: readonly WebhookSecret[], { id, at, body }: Message): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000);
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
