import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { eventually } from '../../../../tests/support/eventually';
import { freePort } from '../../../../tests/support/freePort';
import { LOCALHOST_TLS } from '../../../../tests/support/localhostTls';
import { RecordingLogger } from '../../../../tests/fixtures/RecordingLogger';
import { describeWithRabbitServer, RabbitServer } from '../../../../tests/support/RabbitServer';
import type { LoggedEvent } from '../../application/EventBus';
import { newId, type WorkspaceId } from '../../domain/Id';
import { AmqpBroker } from '../../infrastructure/events/AmqpBroker';

const GONE = { level: 'warn', message: 'The message broker can not be reached: events wait for it' };
const BACK = { level: 'info', message: 'The message broker is reached again' };
const STARTS = 180_000;

const anEvent = (facts: object = {}): LoggedEvent => ({
  id: newId(),
  type: 'note.added',
  workspaceId: newId<WorkspaceId>(),
  actorId: null,
  occurredAt: new Date('2026-03-01T12:00:00.900Z'),
  facts,
  cursor: '1.1',
});

describe('AmqpBroker', () => {
  it('without a broker starts all the same, says so once, and takes nothing', async () => {
    const log = new RecordingLogger();
    const broker = new AmqpBroker(`amqp://127.0.0.1:${await freePort()}`, log);
    await broker.start();
    expect(broker.isUp).toBe(false);
    await expect(broker.publish(anEvent())).rejects.toThrow('can not be reached');
    await broker.stop();
    expect(log.lines).toEqual([{ ...GONE, fields: { reason: expect.stringContaining('ECONNREFUSED') } }]);
  });

  it('by TLS tells nothing to somebody whose certificate does not verify', async () => {
    const heard: Buffer[] = [];
    const impostor = createServer(LOCALHOST_TLS, (socket) => socket.on('data', (data) => heard.push(data)));
    impostor.on('tlsClientError', () => {}).listen(0, '127.0.0.1');
    await once(impostor, 'listening');
    const log = new RecordingLogger();
    const broker = new AmqpBroker(`amqps://me:canary@localhost:${(impostor.address() as AddressInfo).port}`, log);
    await broker.start();
    await broker.stop();
    expect(log.lines).toMatchObject([{ ...GONE, fields: { reason: expect.stringContaining('certificate') } }]);
    expect(heard).toEqual([]);
    impostor.close();
    await once(impostor, 'close');
  });
});

describeWithRabbitServer('AmqpBroker', () => {
  let server: RabbitServer;
  let log: RecordingLogger;
  let broker: AmqpBroker;

  const isUp = (up: boolean) => eventually(() => expect(broker.isUp).toBe(up), { within: 60_000 });

  beforeAll(async () => {
    server = await RabbitServer.start();
  }, STARTS);

  afterAll(() => server.remove());

  beforeEach(async () => {
    log = new RecordingLogger();
    broker = new AmqpBroker(server.url, log, 1_000);
    await broker.start();
    await server.bind('notes', 'note.*');
  });

  afterEach(async () => {
    await broker.stop();
    await server.drain('notes');
  });

  it('hands over what is confirmed, also where no queue wants it', async () => {
    const event = anEvent({ text: 'ü' });
    await broker.publish({ ...event, type: 'unwanted.event' });
    await broker.publish(event);
    const [message, ...others] = await server.drain('notes');
    expect(others).toEqual([]);
    expect(JSON.parse(message?.content.toString() ?? '')).toMatchObject({ id: event.id, text: 'ü', cursor: '1.1' });
    expect(log.lines).toEqual([]);
  });

  it('goes on after its exchange was taken away', async () => {
    await server.use((channel) => channel.deleteExchange('atrium.events'));
    await expect(broker.publish(anEvent())).rejects.toThrow();
    await isUp(true);
    await server.bind('notes', 'note.*');
    const event = anEvent();
    await broker.publish(event);
    expect((await server.drain('notes')).map(({ properties }) => properties.messageId)).toEqual([event.id]);
    expect(log.lines).toMatchObject([{ ...GONE, fields: { reason: expect.stringContaining('no exchange') } }, BACK]);
  });

  it('fails what a full queue refuses', async () => {
    const limits = { maxLength: 1, arguments: { 'x-overflow': 'reject-publish' } };
    await server.use(async (channel) => {
      await channel.assertQueue('full', limits);
      await channel.bindQueue('full', 'atrium.events', 'note.*');
    });
    await broker.publish(anEvent());
    await expect(broker.publish(anEvent())).rejects.toThrow('nacked');
    expect(broker.isUp).toBe(true);
    await server.use((channel) => channel.deleteQueue('full'));
  });

  it('does not wait for one that hangs, nor when it stops', async () => {
    server.pause();
    try {
      await expect(broker.publish(anEvent())).rejects.toThrow('did not confirm');
      expect(broker.isUp).toBe(false);
      await expect(broker.publish(anEvent())).rejects.toThrow('can not be reached');
      await broker.stop();
    } finally {
      server.resume();
    }
  });

  it(
    'is back when one that hung goes on',
    async () => {
      server.pause();
      await expect(broker.publish(anEvent())).rejects.toThrow('did not confirm');
      server.resume();
      await isUp(true);
      await broker.publish(anEvent());
    },
    STARTS,
  );

  it(
    'takes nothing while the broker has no memory to spare, and says what it waits for',
    async () => {
      await server.limitMemory(0);
      await expect(broker.publish(anEvent())).rejects.toThrow('did not confirm');
      expect(broker.isUp).toBe(false);
      await expect(broker.publish(anEvent())).rejects.toThrow('can not be reached');
      await server.limitMemory(0.4);
      await isUp(true);
      await broker.publish(anEvent());
      expect(log.lines).toEqual([{ ...GONE, fields: { reason: expect.stringContaining('memory') } }, BACK]);
    },
    STARTS,
  );

  it(
    'tells each end and each beginning once',
    async () => {
      await server.kill();
      await isUp(false);
      await expect(broker.publish(anEvent())).rejects.toThrow('can not be reached');
      await server.start();
      await isUp(true);
      expect(log.lines).toMatchObject([GONE, BACK]);
    },
    STARTS,
  );
});
