import { Server } from 'socket.io';
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

  it('go to all of them, in as many parts as it takes', () => {
    const server = new Server();
    const sent: { rooms: string[]; packet: unknown[] }[] = [];
    server.of('/').adapter.broadcast = ({ data }: { data: unknown[] }, { rooms }) => {
      sent.push({ rooms: [...rooms], packet: data });
    };
    const people = Array.from({ length: 2_500 }, () => newId<UserId>());
    new EventMessages(server).tell(people, 'lamp:lit', event);
    new EventMessages(server).tell([], 'lamp:lit', event);
    expect(sent.map(({ rooms }) => rooms.length)).toEqual([1_000, 1_000, 500]);
    expect(sent.flatMap(({ rooms }) => rooms)).toEqual(people.map((id) => `user:${id}`));
    const { facts, occurredAt, ...common } = event;
    const message = { lamp: facts.lamp, ...common, occurredAt: occurredAt.toISOString() };
    for (const { packet } of sent) expect(packet).toEqual(['lamp:lit', message]);
  });
});
