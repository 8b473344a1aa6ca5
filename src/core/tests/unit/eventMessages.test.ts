import { Server } from 'socket.io';
import type { BroadcastOptions } from 'socket.io-adapter';
import { newId, type UserId, type WorkspaceId } from '../../domain/Id';
import { EventMessages } from '../../presentation/sockets/EventMessages';

describe('Messages to people', () => {
  const event = {
    id: newId<string>(),
    type: 'lamp.lit',
    workspaceId: newId<WorkspaceId>(),
    actorId: null,
    occurredAt: new Date('2026-01-15T12:00:00.123Z'),
    facts: { lamp: { name: 'desk' }, id: 'of the facts', type: 'of the facts' },
    cursor: '1.1',
  };

  /** Each of them has a connection to this node. */
  function connect(server: Server, people: readonly UserId[]): void {
    for (const id of people) void server.of('/').adapter.addAll(`connection of ${id}`, new Set([`user:${id}`]));
  }

  it('go to all of them at once, and to nobody else where there are none or none is connected', () => {
    const server = new Server();
    const sent: { rooms: string[]; packet: unknown[] }[] = [];
    server.of('/').adapter.broadcast = ({ data }: { data: unknown[] }, { rooms }) => {
      sent.push({ rooms: [...rooms], packet: data });
    };
    const people = Array.from({ length: 2_500 }, () => newId<UserId>());
    connect(server, people);
    new EventMessages(server).tell(people, 'lamp:lit', event);
    new EventMessages(server).tell([], 'lamp:lit', event);
    new EventMessages(server).tell([newId<UserId>()], 'lamp:lit', event);
    expect(sent).toHaveLength(1);
    expect(sent.flatMap(({ rooms }) => rooms)).toEqual(people.map((id) => `user:${id}`));
    const { facts, occurredAt, ...common } = event;
    const message = { lamp: facts.lamp, ...common, occurredAt: occurredAt.toISOString() };
    for (const { packet } of sent) expect(packet).toEqual(['lamp:lit', message]);
  });

  it('wait, in order, for a connection that hears older events first', () => {
    const server = new Server();
    const sent: { rooms: string[]; except: string[] }[] = [];
    server.of('/').adapter.broadcast = (_packet: unknown, { rooms, except }: BroadcastOptions) => {
      sent.push({ rooms: [...rooms], except: [...(except ?? [])] });
    };
    const messages = new EventMessages(server);
    const [person, other] = [newId<UserId>(), newId<UserId>()];
    connect(server, [person, other]);
    const release = messages.hold('a connection', person);
    messages.tell([person], 'lamp:lit', event);
    messages.tell([other], 'lamp:lit', event);
    messages.tell([person, other], 'lamp:lit', { ...event, cursor: '1.2' });
    expect(release().map(({ message, event: { cursor } }) => [message, cursor])).toEqual([
      ['lamp:lit', '1.1'],
      ['lamp:lit', '1.2'],
    ]);
    messages.tell([person], 'lamp:lit', event);
    expect(sent.map(({ except }) => except)).toEqual([['a connection'], [], ['a connection'], []]);
  });
});
