import type { ApiAnswer, ApiClient } from '../../../../../tests/support/ApiClient';
import { attach, type Place } from '../../../../../tests/support/attachments';
import { eventually } from '../../../../../tests/support/eventually';
import { addMember, type Person } from '../../../../../tests/support/people';
import { makeRole } from '../../../../../tests/support/roles';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { WebhookReceiver } from '../../../../../tests/support/WebhookReceiver';
import { makeWebhook } from '../../../../../tests/support/webhooks';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';

const TYPES = ['file.uploaded', 'file.deleted'];

describe('What is told of files', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;
  let place: Place;

  eachInNewWorkspace(
    (its) => {
      ({ platform, owner, workspaceId, api } = its);
    },
    { environment: { WEBHOOK_ALLOW_PRIVATE: 'true' } },
  );

  beforeEach(async () => {
    place = { workspaceId, taskId: (await makeTask(api)).id };
  });

  const upload = async (): Promise<ApiAnswer['body']> =>
    (await attach(platform, owner, place, Buffer.from('text'))).body.data;
  const remove = (id: string): Promise<ApiAnswer> => api.delete(`/tasks/${place.taskId}/attachments/${id}`);
  const connect = ({ accessToken: token }: Person, after?: string): Promise<SocketClient> =>
    SocketClient.connect(platform.address, { token, workspaceId, ...(after && { after }) });
  const events = async (): Promise<ApiAnswer['body']> => (await api.get('/events?limit=100')).body.data;
  const ofFiles = (told: readonly { type: string }[]) => told.filter(({ type }) => TYPES.includes(type));

  /** What a client is told of a file that came and went. */
  const story = (file: { id: string; name: string; type: string; bytes: number }): object[] => {
    const { id, name, type, bytes } = file;
    const common = { workspaceId, actorId: owner.id };
    const kept = { taskId: place.taskId, name, bytes };
    return [
      { ...common, type: 'file.uploaded', file, contentType: type, ...kept },
      { ...common, type: 'file.deleted', fileId: id, ...kept },
    ];
  };

  it('is heard by members, as the API shows the file, and neither on sockets nor by pull by who may not read files', async () => {
    const [viewer, blind] = [
      await addMember(platform, owner, workspaceId, { role: 'viewer' }),
      await addMember(platform, owner, workspaceId),
    ];
    const { key } = await makeRole(api, { name: 'Blind', permissions: ['tasks.read', 'events.read'] });
    await api.put(`/workspaces/${workspaceId}/members/${blind.id}/roles`, { roles: [key] });
    const [seeing, unseeing] = [await connect(viewer), await connect(blind)];

    const file = await upload();
    await remove(file.id);
    await makeTask(api, { title: 'The last' });
    const told = (socket: SocketClient) => TYPES.flatMap((type) => socket.told(type.replace('.', ':')));
    await eventually(() => {
      for (const socket of [seeing, unseeing]) expect(socket.told('task:created').at(-1)?.task.title).toBe('The last');
    });
    for (const socket of [seeing, unseeing]) socket.disconnect();
    expect(told(seeing)).toMatchObject(story(file));
    expect(told(seeing)[0].file).toEqual(file);
    expect(told(unseeing)).toEqual([]);
    const pulled = (await platform.api.as(blind.accessToken, workspaceId).get('/events?limit=100')).body.data;
    expect(pulled).toContainEqual(expect.objectContaining({ type: 'task.created' }));
    expect(ofFiles(pulled)).toEqual([]);
  });

  it('is read by pull, and comes by webhook', async () => {
    const receiver = await WebhookReceiver.start();
    const { secret } = await makeWebhook(owner, workspaceId, { url: receiver.url, events: TYPES });
    const file = await upload();
    await receiver.heard(1);
    await remove(file.id);
    await receiver.heard(2);
    await receiver.stop();
    const read = await eventually(async () => {
      const found = ofFiles(await events());
      expect(found).toMatchObject(story(file));
      return found;
    });
    expect(receiver.verified(secret).map(({ type, data }) => [type, data])).toEqual(
      read.map((event) => [event.type, event]),
    );
  });

  it('is in the audit, with what the file was', async () => {
    const { id, type, name, bytes } = await upload();
    await remove(id);
    const { data } = (await api.get(`/audit-logs?resource=file:${id}`)).body;
    const kept = { taskId: place.taskId, name, bytes };
    const common = { actor: { id: owner.id }, resource: { type: 'file', id } };
    expect(data).toMatchObject([
      { ...common, action: 'file.deleted', details: kept },
      { ...common, action: 'file.uploaded', details: { ...kept, contentType: type } },
    ]);
  });
});
