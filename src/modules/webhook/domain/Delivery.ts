import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { DeliveryId, WebhookId } from './WebhookId';

export type DeliveryStatus = 'pending' | 'delivered' | 'failed';

/** Why an attempt got no answer. */
export type DeliveryFailure =
  'ADDRESS_REFUSED' | 'NAME_NOT_RESOLVED' | 'TIMEOUT' | 'CONNECTION_FAILED' | 'WEBHOOK_DISABLED' | 'WORKSPACE_INACTIVE';

/** What came of an attempt: the status that was answered, or why there was none. */
export type Outcome = { readonly status: number } | { readonly failure: DeliveryFailure };

export interface DeliveryState {
  readonly id: DeliveryId;
  readonly workspaceId: WorkspaceId;
  readonly webhookId: WebhookId;
  /** Receivers know a delivery by this id, however often it comes. */
  readonly eventId: string;
  readonly eventType: string;
  readonly status: DeliveryStatus;
  /** Since it was made, or last sent again by hand. */
  readonly attempts: number;
  /** Null once nothing more will be tried. */
  readonly nextAttemptAt: Date | null;
  readonly lastAttemptAt: Date | null;
  readonly responseStatus: number | null;
  readonly failure: DeliveryFailure | null;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
}

const MINUTE_MS = 60 * 1000;

/** The waits between attempts, in milliseconds, growing: after not quite a day the delivery is given up. */
const WAITS_MS = [1, 5, 30, 120, 240, 480, 540].map((minutes) => minutes * MINUTE_MS);

/** One event on its way to one webhook. */
export class Delivery extends AggregateRoot<DeliveryState> {
  static create(
    delivery: Pick<DeliveryState, 'id' | 'workspaceId' | 'webhookId' | 'eventId' | 'eventType'>,
    now: Date,
  ): Delivery {
    return new Delivery(
      {
        ...delivery,
        status: 'pending',
        attempts: 0,
        nextAttemptAt: now,
        lastAttemptAt: null,
        responseStatus: null,
        failure: null,
        createdAt: now,
        deliveredAt: null,
      },
      0,
    );
  }

  static restore(state: DeliveryState, version: number): Delivery {
    return new Delivery(state, version);
  }

  get isPending(): boolean {
    return this.state.status === 'pending';
  }

  /** Any answer of class 2xx means that it has arrived; a redirection is none, because nobody follows it. */
  attempted(outcome: Outcome, now: Date): void {
    const responseStatus = 'status' in outcome ? outcome.status : null;
    const failure = 'failure' in outcome ? outcome.failure : null;
    const attempt = { attempts: this.state.attempts + 1, lastAttemptAt: now, responseStatus, failure };
    if (responseStatus !== null && responseStatus >= 200 && responseStatus < 300) {
      this.change({ ...attempt, status: 'delivered', nextAttemptAt: null, deliveredAt: now });
      return;
    }
    const wait = WAITS_MS[this.state.attempts];
    if (wait === undefined) this.change({ ...attempt, status: 'failed', nextAttemptAt: null });
    else this.change({ ...attempt, nextAttemptAt: new Date(now.getTime() + wait) });
  }

  /** Nobody may be told of it now, and nothing was sent. */
  abandon(failure: DeliveryFailure): void {
    this.change({ status: 'failed', failure, responseStatus: null, nextAttemptAt: null });
  }

  /** Begins anew, whatever became of it. */
  replay(now: Date): void {
    this.change({ status: 'pending', attempts: 0, nextAttemptAt: now });
  }
}
