import { io, type Socket } from 'socket.io-client';
import { addMember, makeWorkspace, signUp } from '../support/people';
import { TestPlatform } from '../support/testPlatform';

describe('The first journey, with real clients', () => {
  let platform: TestPlatform;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await platform.stop();
  });

  function connect(auth: object): Socket {
    const socket = io(platform.address, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
    sockets.push(socket);
    return socket;
  }

  it('lets the owner hear a new member join, live', async () => {
    const owner = await signUp(platform, { name: 'Ada Lovelace' });
    const workspaceId = await makeWorkspace(owner, 'Analytical Engines');

    const socket = connect({ token: owner.accessToken });
    await new Promise((resolve, reject) => {
      socket.on('connect', () => resolve(undefined));
      socket.on('connect_error', reject);
    });
    const acknowledged: unknown = await socket.emitWithAck('workspace:join', { workspaceId });
    expect(acknowledged).toMatchObject({ ok: true });

    const heard = new Promise<object>((resolve) => {
      socket.on('workspace:member:joined', resolve);
    });
    const member = await addMember(platform, owner, workspaceId, { role: 'member' });

    await expect(heard).resolves.toMatchObject({
      type: 'workspace.member-joined',
      workspaceId,
      userId: member.id,
      actorId: member.id,
      cursor: expect.any(String),
    });

    const { body } = await platform.api.as(member.accessToken, workspaceId).get('/users');
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([owner.id, member.id]);
  });
});
