import { createTestDatabase, type TestDatabase } from '../support/databases';
import { dataFolder } from '../support/dataFolder';
import { eventually } from '../support/eventually';
import type { ApiClient } from '../support/ApiClient';
import { anAddress, PASSWORD } from '../support/people';
import { ServerProcess } from '../support/ServerProcess';
import { SocketClient } from '../support/SocketClient';

interface Somebody {
  readonly id: string;
  readonly token: string;
}

/** Two servers as people start them, each a process of its own, with one database and no Redis. */
describe('Two nodes and one database', () => {
  let database: TestDatabase;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let nodes: ServerProcess[];
  let owner: Somebody;
  let member: Somebody;
  let workspaceId: string;

  const node = (index: number): ServerProcess => nodes[index] as ServerProcess;
  const as = ({ token }: Somebody, index = 0): ApiClient => node(index).api.as(token);

  async function signUp(email: string): Promise<Somebody> {
    const { body } = await node(0).api.post('/auth/register', { email, name: 'Ada', password: PASSWORD });
    await node(0).api.post('/auth/verify-email', { token: await node(0).mailedToken(email, /confirm/i) });
    return { id: body.data.user.id, token: body.data.accessToken };
  }

  const connect = ({ token }: Somebody, index: number, after?: string): Promise<SocketClient> =>
    SocketClient.connect(node(index).address, { token, workspaceId, ...(after && { after }) });

  const rename = (name: string, index: number) => as(owner, index).put(`/workspaces/${workspaceId}`, { name });
  const names = (socket: SocketClient): string[] =>
    socket.told('workspace:updated').map(({ workspace }) => workspace.name);

  beforeAll(async () => {
    [database, folder] = [await createTestDatabase(), await dataFolder()];
    const environment = {
      DATA_DIR: folder.path,
      DATABASE_URL: database.address.application,
      MIGRATION_DATABASE_URL: database.address.migration,
      JWT_SECRET: 'a secret that both of the nodes in this test know',
      REDIS_URL: '',
    };
    nodes = [await ServerProcess.start(environment), await ServerProcess.start(environment)];
    const [ownersAddress, membersAddress] = [anAddress('owner'), anAddress('member')];
    owner = await signUp(ownersAddress);
    member = await signUp(membersAddress);
    workspaceId = (await as(owner).post('/workspaces', { name: 'Engines' })).body.data.id;
    await as(owner).post(`/workspaces/${workspaceId}/members/invite`, { email: membersAddress, role: 'member' });
    const token = await node(0).mailedToken(membersAddress, /invite/i);
    await as(member).post(`/workspaces/${workspaceId}/members/accept`, { token });
  });

  afterAll(async () => {
    for (const each of nodes) await each.kill();
    await database.drop();
    await folder.remove();
  });

  it('bring a client that was cut off for 500 events back to where everybody is', async () => {
    const witness = await connect(owner, 0);
    const cutOff = await connect(member, 1);
    await rename('Before', 0);
    await eventually(() => expect(names(cutOff)).toEqual(['Before']));
    const after = cutOff.told('workspace:updated').at(-1)?.cursor;
    cutOff.disconnect();
    let next = 0;
    const writer = async (index: number): Promise<void> => {
      while (next < 500) {
        next += 1;
        // Two at a time may read the same version: the one who comes second tries again.
        const name = `Name ${next}`;
        await eventually(async () => expect((await rename(name, index)).status).toBe(200));
      }
    };
    const writing = Promise.all([writer(0), writer(1), writer(0), writer(1)]);
    await eventually(() => expect(next).toBeGreaterThan(250), { within: 30_000 });
    const back = await connect(member, 1, after);
    await writing;
    await rename('After', 1);
    for (const socket of [witness, back]) {
      await eventually(() => expect(names(socket).at(-1)).toBe('After'));
    }
    expect(names(back).length).toBeGreaterThan(500);
    expect(back.told('workspace:updated')).toEqual(witness.told('workspace:updated').slice(1));
    witness.disconnect();
    back.disconnect();
  });

  it('tell that somebody is gone whose node was killed', async () => {
    const watching = await connect(owner, 0);
    await connect(member, 1);
    const moves = () => watching.told('presence:changed').map(({ userId, change }) => [userId, change]);
    await eventually(() => expect(moves().at(-1)).toEqual([member.id, 'joined']));
    await node(1).kill();
    await eventually(() => expect(moves().at(-1)).toEqual([member.id, 'left']));
    const { userIds } = await watching.send('presence:list', { workspaceId });
    expect(userIds).toEqual([owner.id]);
    watching.disconnect();
  });
});
