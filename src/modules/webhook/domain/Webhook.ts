import { isDeepStrictEqual } from 'node:util';
import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { EventContext } from '../../../core/domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import {
  type DisabledReason,
  webhookCreated,
  webhookDeleted,
  webhookDisabled,
  webhookEnabled,
  webhookReplayed,
  webhookSecretRotated,
  webhookUpdated,
} from './events';
import type { WebhookId } from './WebhookId';
import { newWebhookSecret, type WebhookSecret } from './webhookSecret';
import type { WebhookUrl } from './WebhookUrl';

export interface WebhookState {
  readonly id: WebhookId;
  readonly workspaceId: WorkspaceId;
  readonly url: WebhookUrl;
  /** Types of events; `*` for all that there are. */
  readonly events: readonly string[];
  /** Null while it is enabled. */
  readonly disabledReason: DisabledReason | null;
  readonly secret: WebhookSecret;
  /** The secret before, with which deliveries are signed as well until then. */
  readonly previous: { readonly secret: WebhookSecret; readonly until: Date } | null;
  /** How many deliveries in a row were given up. */
  readonly failures: number;
  /** When the first of them was. */
  readonly failingSince: Date | null;
  /** A person, or an API key. */
  readonly createdBy: UserId;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface WebhookChanges {
  readonly url?: WebhookUrl;
  readonly events?: readonly string[];
  readonly enabled?: boolean;
}

export const EVERY_EVENT = '*';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long both secrets sign after a rotation, in milliseconds. */
const OVERLAP_MS = DAY_MS;

/** So many deliveries given up in a row, or nothing but such for so many milliseconds, disable a webhook. */
const MAX_FAILURES = 20;
const MAX_FAILING_MS = 5 * DAY_MS;

/** What a workspace tells another system of what happens in it. */
export class Webhook extends AggregateRoot<WebhookState> {
  static create(
    { workspaceId, userId }: WorkspaceActor,
    webhook: Pick<WebhookState, 'id' | 'url' | 'events'>,
    now: Date,
  ): Webhook {
    const created = new Webhook(
      {
        ...webhook,
        workspaceId,
        disabledReason: null,
        secret: newWebhookSecret(),
        previous: null,
        failures: 0,
        failingSince: null,
        createdBy: userId,
        createdAt: now,
        updatedAt: now,
      },
      0,
    );
    created.record(webhookCreated(created.context(now, userId), { ...created.facts, events: webhook.events }));
    return created;
  }

  static restore(state: WebhookState, version: number): Webhook {
    return new Webhook(state, version);
  }

  get isEnabled(): boolean {
    return this.state.disabledReason === null;
  }

  hears(type: string): boolean {
    const { events } = this.state;
    return this.isEnabled && (events.includes(EVERY_EVENT) || events.includes(type));
  }

  /** The secrets that a delivery is signed with now, the newest first. */
  secrets(now: Date): readonly WebhookSecret[] {
    const { secret, previous } = this.state;
    return previous && now < previous.until ? [secret, previous.secret] : [secret];
  }

  /** What is left as it was is no change. Enabling it makes it start anew, its failures forgotten. */
  update({ enabled, ...changes }: WebhookChanges, by: UserId, now: Date): void {
    const members = ['url', 'events'] as const;
    const changed = members.filter(
      (name) => changes[name] !== undefined && !isDeepStrictEqual(changes[name], this.state[name]),
    );
    if (changed.length > 0) {
      this.change({ ...changes, updatedAt: now });
      const { events } = this.state;
      this.record(webhookUpdated(this.context(now, by), { ...this.facts, events, changed }));
    }
    if (enabled === true && !this.isEnabled) {
      this.change({ disabledReason: null, failures: 0, failingSince: null, updatedAt: now });
      this.record(webhookEnabled(this.context(now, by), this.facts));
    }
    if (enabled === false) this.disable('by-hand', this.context(now, by));
  }

  /** The secret that was before the previous one signs no more. */
  rotateSecret(by: UserId, now: Date): { readonly secret: WebhookSecret; readonly previousSecretUntil: Date } {
    const previous = { secret: this.state.secret, until: new Date(now.getTime() + OVERLAP_MS) };
    this.change({ secret: newWebhookSecret(), previous, updatedAt: now });
    this.record(webhookSecretRotated(this.context(now, by), this.facts));
    return { secret: this.state.secret, previousSecretUntil: previous.until };
  }

  /**
   * A delivery has arrived, or was given up after a day of trying; too many of the latter disable the webhook.
   * @returns whether that changes anything
   */
  deliveryEnded(arrived: boolean, now: Date): boolean {
    if (arrived && this.state.failures === 0) return false;
    const failingSince = arrived ? null : (this.state.failingSince ?? now);
    const failures = arrived ? 0 : this.state.failures + 1;
    this.change({ failures, failingSince });
    const tooLong = failingSince !== null && now.getTime() - failingSince.getTime() >= MAX_FAILING_MS;
    if (tooLong || failures >= MAX_FAILURES) this.disable('failing', this.context(now, null));
    return true;
  }

  replay(span: { from: Date; to: Date }, deliveries: number, by: UserId, now: Date): void {
    const [from, to] = [span.from.toISOString(), span.to.toISOString()];
    this.record(webhookReplayed(this.context(now, by), { ...this.facts, from, to, deliveries }));
  }

  /** Ends it; the repository's removal publishes that. */
  delete(by: UserId, now: Date): void {
    this.record(webhookDeleted(this.context(now, by), this.facts));
  }

  private disable(reason: DisabledReason, context: EventContext): void {
    if (!this.isEnabled) return;
    this.change({ disabledReason: reason, updatedAt: context.at });
    this.record(webhookDisabled(context, { ...this.facts, reason }));
  }

  private get facts(): { webhookId: WebhookId; host: string } {
    return { webhookId: this.state.id, host: new URL(this.state.url).host };
  }

  private context(at: Date, actorId: UserId | null): EventContext {
    return { workspaceId: this.state.workspaceId, actorId, at };
  }
}
