import { setTimeout as wait } from 'node:timers/promises';
import type { ChannelModel, ConfirmChannel, RecoveringChannelModel } from 'amqplib';
import type { LoggedEvent } from '../../application/EventBus';
import { eventMessage } from '../../application/eventMessage';
import type { Logger } from '../../application/Logger';
import { Outage } from '../cache/Outage';

/** The durable topic exchange that others bind their queues to. Platforms that share a broker have virtual hosts. */
const EXCHANGE = 'atrium.events';

/** Seconds after which either side asks whether the other is still there; two such silences end the connection. */
const HEARTBEAT = 10;

const CONNECT_TIMEOUT_MS = 5_000;
const MAX_RETRY_DELAY_MS = 2_000;

/** How long a goodbye to a broker that does not answer may keep the process. */
const CLOSE_TIMEOUT_MS = 1_000;

/** One connection and its one channel; when either ends, both are made anew. */
interface Link {
  readonly model: ChannelModel;
  readonly channel: ConfirmChannel;
}

const ignore = (): void => {};

/**
 * The way to a RabbitMQ, or another broker that speaks AMQP 0-9-1 with publisher confirms. It is made in the
 * background, and made again for as long as the process lives; meanwhile nothing is kept here: who publishes tries again.
 */
export class AmqpBroker {
  private connection: RecoveringChannelModel | undefined;

  private link: Link | undefined;

  /** The broker has run out of memory or disk, and takes nothing until it says so. */
  private blocked = false;

  private readonly outage: Outage;

  /**
   * @param url `amqp://` or, with TLS, `amqps://`
   * @param confirmTimeoutMs Milliseconds in which the broker has to confirm a message.
   */
  constructor(
    private readonly url: string,
    logger: Logger,
    private readonly confirmTimeoutMs = 5_000,
  ) {
    this.outage = new Outage(
      logger,
      'The message broker can not be reached: events wait for it',
      'The message broker is reached again',
    );
  }

  /** Whether messages get through, as far as it is known without sending one. */
  get isUp(): boolean {
    return this.link !== undefined && !this.blocked;
  }

  /** Resolves after the first attempt to connect, whatever came of it. */
  async start(): Promise<void> {
    const { connect } = await import('amqplib');
    const connection = await connect(withHeartbeat(this.url), {
      timeout: CONNECT_TIMEOUT_MS,
      noDelay: true,
      clientProperties: { connection_name: 'atrium' },
      recovery: {
        waitForConnect: false,
        maxDelay: MAX_RETRY_DELAY_MS,
        setup: (model: ChannelModel) => this.open(model),
      },
    });
    this.connection = connection;
    connection.on('connect', () => this.outage.over());
    for (const event of ['connect-failed', 'disconnect', 'error']) {
      connection.on(event, (error) => this.outage.began(error));
    }
    connection.on('blocked', (reason) => {
      this.blocked = true;
      this.outage.began(reason);
    });
    connection.on('unblocked', () => {
      this.blocked = false;
      this.outage.over();
    });
    await new Promise((resolve) => {
      connection.once('connect', resolve).once('connect-failed', resolve);
    });
  }

  async stop(): Promise<void> {
    await Promise.race([this.connection?.close(), wait(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
  }

  /**
   * Hands an event over, as everybody outside is told of it. The routing key is its type; a message that no queue is
   * bound for is dropped by the broker, and that is no failure.
   * @throws Error unless the broker confirms that it has the message, in each queue that it belongs to; it may have it
   * all the same, and then it gets it twice, with the same message id.
   */
  async publish(event: LoggedEvent): Promise<void> {
    const { link } = this;
    if (!link || !this.isUp) throw new Error('The message broker can not be reached.');
    const content = Buffer.from(JSON.stringify(eventMessage(event)));
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        timer = setTimeout(() => {
          this.drop(link);
          reject(new Error('The message broker did not confirm a message in time.'));
        }, this.confirmTimeoutMs);
        link.channel.publish(EXCHANGE, event.type, content, properties(event), (error: Error | null) => {
          if (error) reject(error);
          else resolve();
        });
      });
    } finally {
      clearTimeout(timer);
    }
  }

  private async open(model: ChannelModel): Promise<void> {
    // Without a listener it would end the process; what it leads to is told.
    model.on('error', ignore);
    const channel = await model.createConfirmChannel();
    const link = { model, channel };
    channel.on('error', (error) => {
      this.outage.began(error);
      this.drop(link);
    });
    channel.on('close', () => this.forget(link));
    await channel.assertExchange(EXCHANGE, 'topic', { durable: true });
    this.link = link;
    this.blocked = false;
  }

  /** Gives up a connection that is of no use; should its end not be answered, the heartbeat ends it. */
  private drop(link: Link): void {
    if (this.blocked) return;
    this.forget(link);
    link.model.close().catch(ignore);
  }

  private forget(link: Link): void {
    if (this.link === link) this.link = undefined;
  }
}

function properties({ id, type, workspaceId, occurredAt }: LoggedEvent): object {
  return {
    persistent: true,
    messageId: id,
    type,
    contentType: 'application/json',
    contentEncoding: 'utf-8',
    // AMQP counts seconds.
    timestamp: Math.floor(occurredAt.getTime() / 1000),
    appId: 'atrium',
    headers: { 'workspace-id': workspaceId },
  };
}

function withHeartbeat(address: string): string {
  const url = new URL(address);
  if (!url.searchParams.has('heartbeat')) url.searchParams.set('heartbeat', String(HEARTBEAT));
  return url.href;
}
