import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { addMember, type Person } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';
import { makeEntityName } from '../makeEntityName';

describe('The entity names of a workspace', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;

  eachInNewWorkspace((stage) => {
    ({ platform, owner, workspaceId, api } = stage);
  });

  it('are made, read, changed and deleted', async () => {
    const made = await api.post('/entity-names', { title: ' First of all ' });
    const entityName = made.body.data;
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/entity-names/${entityName.id}`]);
    expect(entityName).toMatchObject({ title: 'First of all', body: '', createdBy: owner.id, version: 1 });
    expect((await api.get(`/entity-names/${entityName.id}`)).body.data).toEqual(entityName);

    const changed = await api.send('PATCH', `/entity-names/${entityName.id}`, { body: 'Line one\nline two' });
    expect(changed.body.data).toMatchObject({ title: 'First of all', body: 'Line one\nline two', version: 2 });
    expect((await api.put(`/entity-names/${entityName.id}`, { title: 'First of all' })).body).toEqual(changed.body);

    expect((await api.delete(`/entity-names/${entityName.id}`)).status).toBe(204);
    for (const answer of [
      await api.get(`/entity-names/${entityName.id}`),
      await api.put(`/entity-names/${entityName.id}`, { body: '' }),
      await api.delete(`/entity-names/${entityName.id}`),
    ]) {
      expectProblem(answer, 404, 'NOT_FOUND');
    }
  });

  it('are listed page by page, the newest first', async () => {
    for (const title of ['One', 'Two', 'Three']) await makeEntityName(owner, workspaceId, { title });
    const titles = async (query = '') => {
      const { body } = await api.get(`/entity-names${query}`);
      return [body.data.map(({ title }: { title: string }) => title), body.meta.nextCursor];
    };
    expect(await titles()).toEqual([['Three', 'Two', 'One'], null]);
    expect(await titles('?sort=createdAt')).toEqual([['One', 'Two', 'Three'], null]);
    const [first, cursor] = await titles('?limit=2');
    expect(first).toEqual(['Three', 'Two']);
    expect(await titles(`?limit=2&cursor=${cursor}`)).toEqual([['One'], null]);
  });

  it('are changed by one of two who know the same version', async () => {
    const { id } = await makeEntityName(owner, workspaceId);
    const { headers } = await api.get(`/entity-names/${id}`);
    const known = { 'If-Match': headers.get('etag') ?? '' };
    const answers = await Promise.all(['One', 'Two'].map((title) => api.put(`/entity-names/${id}`, { title }, known)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expectProblem(await api.delete(`/entity-names/${id}`, undefined, known), 412, 'PRECONDITION_FAILED');
  });

  it.each([
    ['no title', { body: 'Text' }, 'title'],
    ['a blank title', { title: '  ' }, 'title'],
    ['a title of two lines', { title: 'One\nTwo' }, 'title'],
    ['a title that is too long', { title: 'a'.repeat(201) }, 'title'],
    ['a body that is too long', { title: 'One', body: 'a'.repeat(5001) }, 'body'],
    ['a body that is no text', { title: 'One', body: null }, 'body'],
    ['a maker', { title: 'One', createdBy: '01900000-0000-7000-8000-000000000000' }, 'createdBy'],
  ])('are not made with %s', async (_what, body, field) => {
    expectInvalid(await api.post('/entity-names', body), field);
    expect((await api.get('/entity-names')).body.data).toEqual([]);
  });

  it('are read by viewers, written by members, and deleted by admins', async () => {
    const { id } = await makeEntityName(owner, workspaceId);
    const [viewer, member] = [
      await addMember(platform, owner, workspaceId, { role: 'viewer' }),
      await addMember(platform, owner, workspaceId, { role: 'member' }),
    ].map(({ accessToken }) => platform.api.as(accessToken, workspaceId));
    if (!viewer || !member) throw new Error('Somebody is missing.');
    expect((await viewer.get(`/entity-names/${id}`)).status).toBe(200);
    const refused = await viewer.post('/entity-names', { title: 'One' });
    expectProblem(refused, 403, 'PERMISSION_DENIED', { permission: 'entityNames.create' });
    expect((await member.put(`/entity-names/${id}`, { title: 'Two' })).status).toBe(200);
    const kept = await member.delete(`/entity-names/${id}`);
    expectProblem(kept, 403, 'PERMISSION_DENIED', { permission: 'entityNames.delete' });
  });

  it('are told to the members who are there', async () => {
    const socket = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
    const entityName = await makeEntityName(owner, workspaceId);
    await api.put(`/entity-names/${entityName.id}`, { title: 'Two' });
    await api.delete(`/entity-names/${entityName.id}`);
    await eventually(() => expect(socket.told('entity-name:deleted')).toHaveLength(1));
    socket.disconnect();
    expect(socket.heard).toMatchObject([
      { name: 'entity-name:created', facts: { workspaceId, actorId: owner.id, entityName } },
      { name: 'entity-name:updated', facts: { changed: ['title'], before: { title: entityName.title } } },
      { name: 'entity-name:deleted', facts: { entityNameId: entityName.id } },
    ]);
  });
});
