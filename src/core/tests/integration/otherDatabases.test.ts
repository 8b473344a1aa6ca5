import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/databases';
import { eventually } from '../../../../tests/support/eventually';
import { holdEvent } from '../../../../tests/support/holdEvent';
import { makeWorkspace, type Person, signUp } from '../../../../tests/support/people';
import { sealAll } from '../../../../tests/support/sealAll';
import { SocketClient } from '../../../../tests/support/SocketClient';
import { TestPlatform } from '../../../../tests/support/testPlatform';
import type { WorkspaceCache } from '../../application/WorkspaceCache';
import type { WorkspaceId } from '../../domain/Id';

describe('A transaction that writes and stays open in another database of the server', () => {
  let platform: TestPlatform;
  let other: TestDatabase;
  let stranger: Client;
  let owner: Person;
  let workspaceId: WorkspaceId;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    other = await createTestDatabase({ migrated: false });
    stranger = new Client({ connectionString: other.adminUrl });
    await stranger.connect();
    await stranger.query('BEGIN');
    await stranger.query('CREATE TABLE imported AS SELECT 1');
    owner = await signUp(platform);
    workspaceId = (await makeWorkspace(owner)) as WorkspaceId;
  });

  afterAll(async () => {
    await stranger.end();
    await other.drop();
    await platform.stop();
  });

  const rename = (name: string) => owner.api.put(`/workspaces/${workspaceId}`, { name });
  const namesIn = (told: readonly { workspace?: { name: string } }[]) => told.map(({ workspace }) => workspace?.name);

  it('keeps no socket from being told, in the order of the commits and each once', async () => {
    const socket = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
    const names = Array.from({ length: 20 }, (_, index) => `Name ${index}`);
    for (const name of names) await rename(name);
    await eventually(() => expect(namesIn(socket.told('workspace:updated'))).toEqual(names));
    socket.disconnect();
  });

  it('lets nobody pass one that is open in the same database', async () => {
    const socket = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
    const commit = await holdEvent(platform.database, workspaceId, 'workspace.updated');
    try {
      await rename('Behind it');
      const { body } = await platform.api.as(owner.accessToken, workspaceId).get('/events?limit=100');
      expect(namesIn(body.data)).not.toContain('Behind it');
      expect(socket.told('workspace:updated')).toEqual([]);
    } finally {
      await commit();
    }
    await eventually(() => expect(namesIn(socket.told('workspace:updated'))).toEqual(['held', 'Behind it']));
    socket.disconnect();
  });

  it('keeps no event from those who fetch them', async () => {
    await rename('Fetched');
    const { body } = await platform.api.as(owner.accessToken, workspaceId).get('/events?limit=100');
    expect(namesIn(body.data).at(-1)).toBe('Fetched');
  });

  it('keeps no answer from being kept', async () => {
    await rename('Kept');
    const cache = platform.service<WorkspaceCache>('workspaceCache');
    let looks = 0;
    const look = async () => {
      looks += 1;
      return looks;
    };
    const ask = () => cache.answer('tests', workspaceId, 'how many', look);
    await eventually(async () => expect(await ask()).toBe(await ask()));
  });

  it('keeps no entry of the audit from its place', async () => {
    await rename('Sealed');
    await sealAll(platform, workspaceId);
  });
});
