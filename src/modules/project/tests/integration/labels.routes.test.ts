import type { ApiAnswer, ApiClient } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { loggedTypes } from '../../../../../tests/support/loggedEvents';
import type { Person } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { makeLabel, makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';

describe('The labels of a workspace', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;

  eachInNewWorkspace((stage) => {
    ({ platform, owner, workspaceId, api } = stage);
  });

  const eventTypes = () => loggedTypes(platform, workspaceId, '^(project|task|label)');
  const namesOf = ({ body }: ApiAnswer): string[] => body.data.map(({ name }: { name: string }) => name);

  it('are made, changed, and taken from all tasks when they are deleted', async () => {
    const made = await api.post('/labels', { name: 'Urgent', color: '#FF0000' });
    const { id } = made.body.data;
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/labels/${id}`]);
    expect(made.body.data).toMatchObject({ name: 'Urgent', color: '#ff0000' });
    const task = await makeTask(api, { labelIds: [id] });
    const changed = await api.send('PATCH', `/labels/${id}`, { color: '#0000ff' });
    expect(changed.body.data).toMatchObject({ name: 'Urgent', color: '#0000ff' });
    expect((await api.put(`/labels/${id}`, { color: '#0000FF' })).body.data).toEqual(changed.body.data);
    expect((await api.get(`/labels/${id}`)).body.data).toEqual(changed.body.data);
    expect((await api.delete(`/labels/${id}`)).status).toBe(204);
    expectProblem(await api.get(`/labels/${id}`), 404, 'NOT_FOUND');
    expect((await api.get(`/tasks/${task.id}`)).body.data.labelIds).toEqual([]);
    expect(await eventTypes()).toEqual(['label.created', 'task.created', 'label.updated', 'label.deleted']);
  });

  it('have different names', async () => {
    const [label] = [await makeLabel(api, { name: 'Urgent' }), await makeLabel(api, { name: 'Later' })];
    expectProblem(await api.post('/labels', { name: 'uRGENT', color: '#ffffff' }), 409, 'LABEL_NAME_TAKEN');
    expectProblem(await api.put(`/labels/${label.id}`, { name: 'later' }), 409, 'LABEL_NAME_TAKEN');
    expect((await api.put(`/labels/${label.id}`, { name: 'URGENT' })).status).toBe(200);
    expect(namesOf(await api.get('/labels'))).toEqual(['Later', 'URGENT']);
  });

  it.each([
    [{ name: 'a' }, 'color'],
    [{ name: 'a', color: 'red' }, 'color'],
    [{ name: 'x'.repeat(51), color: '#ffffff' }, 'name'],
  ])('are not made of %j', async (body, field) => {
    expectInvalid(await api.post('/labels', body), field);
  });

  it('are gained and lost by tasks', async () => {
    const [one, two] = [await makeLabel(api, { name: 'One' }), await makeLabel(api, { name: 'Two' })];
    const { id } = await makeTask(api, { labelIds: [one.id] });
    const set = async (...labelIds: string[]) => (await api.put(`/tasks/${id}`, { labelIds })).body.data;
    expect(await set(two.id, one.id)).toMatchObject({ labelIds: [one.id, two.id], version: 2 });
    expect(await set(one.id, two.id)).toMatchObject({ labelIds: [one.id, two.id], version: 2 });
    expect(await set(two.id)).toMatchObject({ labelIds: [two.id], version: 3 });
    expect(await set()).toMatchObject({ labelIds: [], version: 4 });
  });

  it('are told of on sockets, and to whoever pulls, as they are read', async () => {
    const socket = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
    try {
      const label = await makeLabel(api);
      const changed = (await api.put(`/labels/${label.id}`, { name: 'Later' })).body.data;
      await api.delete(`/labels/${label.id}`);
      await eventually(() => expect(socket.told('label:deleted')).toHaveLength(1));
      expect(socket.heard).toMatchObject([
        { name: 'label:created', facts: { type: 'label.created', label, workspaceId, actorId: owner.id } },
        { name: 'label:updated', facts: { label: changed, changed: ['name'], before: { name: 'Urgent' } } },
        { name: 'label:deleted', facts: { labelId: label.id, name: 'Later' } },
      ]);
      const pulled = (await api.get('/events?limit=100')).body.data.map(({ type }: { type: string }) => type);
      expect(pulled.slice(-3)).toEqual(['label.created', 'label.updated', 'label.deleted']);
    } finally {
      socket.disconnect();
    }
  });
});
