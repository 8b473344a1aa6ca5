import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { Server } from 'socket.io';
import { eventMessage } from '../../src/core/application/eventMessage';
import { newId } from '../../src/core/domain/Id';
import { factsOf, TOLD_AS, TYPE, type Beat } from './Beat';

/**
 * The least that a server can do to tell a thousand people something: Socket.IO with its defaults, everybody in the
 * room they ask for, and whatever a request names told at once. No tokens, no database, no cursors, no presence.
 */
const server = createServer((request, response) => {
  if (request.method !== 'POST') {
    response.writeHead(404, { 'Content-Length': 0 }).end();
    return;
  }
  void json(request).then((body) => {
    tell(body as Beat);
    response.writeHead(204).end();
  });
});

// Whoever makes it speak is silent while the other server does.
server.keepAliveTimeout = 0;

const sockets = new Server(server, { serveClient: false });
sockets.on('connection', (socket) => void socket.join(socket.handshake.auth.workspaceId as string));

function tell(beat: Beat): void {
  const facts = factsOf(beat);
  for (let turn = 0; turn < beat.turns; turn += 1) {
    for (const workspaceId of beat.workspaces) {
      const what = { id: newId<string>(), type: TYPE, workspaceId, actorId: null, occurredAt: new Date(), facts };
      sockets.to(workspaceId).emit(TOLD_AS, eventMessage({ ...what, cursor: `1000.${turn}` }));
    }
  }
}

server.listen(Number(process.env.PORT), '127.0.0.1');
