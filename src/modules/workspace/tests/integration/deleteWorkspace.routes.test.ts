import type { Server } from 'socket.io';
import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { gate } from '../../../../../tests/support/gate';
import { holdEvent } from '../../../../../tests/support/holdEvent';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { accept, invitationToken, invite } from '../../../../../tests/support/invitations';
import { addMember, anAddress, PASSWORD, type Person, signUp } from '../../../../../tests/support/people';
import { makeRole } from '../../../../../tests/support/roles';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import type { TwoNodes } from '../../../../../tests/support/twoNodes';
import { eachInNewWorkspaceOfTwoNodes } from '../../../../../tests/support/workspaceStage';
import type { LoggedEvent } from '../../../../core/application/EventBus';
import type { EventFeed } from '../../../../core/application/EventFeed';
import { newId } from '../../../../core/domain/Id';

describe('A deleted workspace', () => {
  let nodes: TwoNodes;
  let platform: TestPlatform;
  let owner: Person;
  let member: Person;
  let workspaceId: string;

  eachInNewWorkspaceOfTwoNodes((its) => {
    ({ nodes, platform, owner, workspaceId } = its);
  });

  beforeEach(async () => {
    member = await addMember(platform, owner, workspaceId, { role: 'admin' });
  });

  const remove = (by = owner, id = workspaceId): Promise<ApiAnswer> => by.api.delete(`/workspaces/${id}`);
  const restore = (by = owner, id = workspaceId): Promise<ApiAnswer> => by.api.post(`/workspaces/${id}/restore`);
  const deleted = async (by = owner) => (await by.api.get('/workspaces?deleted=true')).body.data;
  const types = async () =>
    (
      await platform.query<{ type: string }>(
        `SELECT type FROM events WHERE workspace_id = $1 AND type ~ 'deleted|restored' ORDER BY transaction_id, position`,
        [workspaceId],
      )
    ).map(({ type }) => type);

  it('is gone for everybody at once, on both nodes', async () => {
    const clients = [owner, member].flatMap(({ accessToken }) =>
      [nodes.one, nodes.two].map(({ api }) => api.as(accessToken, workspaceId)),
    );
    for (const api of clients) expect((await api.get('/roles')).status).toBe(200);
    const { status, body } = await remove();
    expect([status, body]).toEqual([204, undefined]);
    for (const api of clients) {
      await eventually(async () => expectProblem(await api.get('/roles'), 404, 'NOT_FOUND'));
    }
    const gone = await owner.api.get(`/workspaces/${workspaceId}`);
    expect(withoutRequest(gone)).toEqual(withoutRequest(await owner.api.get(`/workspaces/${newId()}`)));
    expectProblem(await owner.api.put(`/workspaces/${workspaceId}`, { name: 'x' }), 404, 'NOT_FOUND');
    expectProblem(await owner.api.post(`/workspaces/${workspaceId}/switch`), 404, 'NOT_FOUND');
    expectProblem(await remove(), 404, 'NOT_FOUND');
    expect((await owner.api.get('/workspaces')).body.data).toEqual([]);
    expect(await types()).toEqual(['workspace.deleted']);
  });

  it('is told to who is in its room, and shuts them out, though their connections stay', async () => {
    const sockets = await Promise.all(
      [owner, member].map(({ accessToken: token }) => SocketClient.connect(platform.address, { token, workspaceId })),
    );
    await remove();
    const told = { workspaceId, actorId: owner.id, restorableUntil: expect.any(String) };
    const rejoin = (socket: SocketClient) => socket.send('workspace:join', { workspaceId });
    for (const socket of sockets) {
      await eventually(() => expect(socket.told('workspace:deleted')).toMatchObject([told]));
      await eventually(async () => expect(await rejoin(socket)).toMatchObject({ error: { code: 'NOT_FOUND' } }));
    }
    const server = platform.service<Server>('socketServer');
    await eventually(async () => expect(await server.in(`workspace:${workspaceId}`).fetchSockets()).toEqual([]));
    await restore();
    await eventually(async () => {
      expect((await owner.api.put(`/workspaces/${workspaceId}`, { name: newId() })).status).toBe(200);
    });
    for (const socket of sockets) {
      expect(socket.connected).toBe(true);
      const names = socket.heard.map(({ name }) => name);
      expect(names.filter((name) => name.startsWith('workspace:'))).toEqual(['workspace:deleted']);
      socket.disconnect();
    }
  });

  describe('is told to who is in its room', () => {
    let socket: SocketClient;

    beforeEach(async () => {
      socket = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
    });

    afterEach(() => socket.disconnect());

    const heard = () => eventually(() => expect(socket.told('workspace:deleted')).toHaveLength(1));
    const isShutOut = async () => {
      const server = platform.service<Server>('socketServer');
      await eventually(async () => expect(await server.in(`workspace:${workspaceId}`).fetchSockets()).toEqual([]));
      expect(socket.told('workspace:deleted')).toEqual([]);
    };

    it('also by a feed that is busy with something else', async () => {
      const { passed, open } = gate();
      const feed = platform.service<EventFeed>('eventFeed');
      const isHeldUp = (event: LoggedEvent) => event.workspaceId === workspaceId && event.type === 'workspace.updated';
      feed.subscribe((event) => (isHeldUp(event) ? passed : undefined));
      await owner.api.put(`/workspaces/${workspaceId}`, { name: 'Held up' });
      await eventually(() => expect(socket.told('workspace:updated')).toHaveLength(1));
      await remove();
      await isShutOut();
      open();
      await heard();
    });

    it('also when its turn comes behind that of an older transaction', async () => {
      const commit = await holdEvent(platform.database, newId(), 'workspace.updated');
      await remove();
      await isShutOut();
      await commit();
      await heard();
    });
  });

  it('takes an owner to delete', async () => {
    expectProblem(await remove(member), 403, 'PERMISSION_DENIED', { permission: 'workspaces.delete' });
    const stranger = await signUp(platform);
    expectProblem(await remove(stranger), 404, 'NOT_FOUND');
    expectProblem(await platform.api.delete(`/workspaces/${workspaceId}`), 401, 'UNAUTHENTICATED');
    expectInvalid(await remove(owner, 'x'), 'id');
    await makeRole(platform.api.as(owner.accessToken, workspaceId), {
      name: 'Remover',
      permissions: ['workspaces.delete'],
    });
    const remover = await addMember(platform, owner, workspaceId, { role: 'remover' });
    expectProblem(await remove(remover), 403, 'ROLE_ESCALATION');
    expect(await types()).toEqual([]);
  });

  it('is listed to its owners alone, and comes back with all that was in it', async () => {
    const before = (await owner.api.get(`/workspaces/${workspaceId}`)).body.data;
    expect(await deleted()).toEqual([]);
    await remove();
    expect(await deleted()).toEqual([
      { ...before, updatedAt: expect.any(String), roles: ['owner'], status: 'active', deletedAt: expect.any(String) },
    ]);
    expect(await deleted(member)).toEqual([]);
    const { status, body } = await restore();
    expect([status, body.data]).toEqual([200, { ...before, updatedAt: expect.any(String) }]);
    expect(await deleted()).toEqual([]);
    await eventually(async () => {
      const listed = await platform.api.as(member.accessToken, workspaceId).get('/users');
      expect(listed.body.data.map(({ id }: Person) => id)).toEqual([owner.id, member.id]);
    });
    expect(await types()).toEqual(['workspace.deleted', 'workspace.restored']);
  });

  it('is restored by an owner only, and to everybody else is as none', async () => {
    await remove();
    const refused = await restore(member);
    expectProblem(refused, 404, 'NOT_FOUND');
    for (const other of [await restore(await signUp(platform)), await restore(owner, newId())]) {
      expect(withoutRequest(other)).toEqual(withoutRequest(refused));
    }
    expectProblem(await platform.api.post(`/workspaces/${workspaceId}/restore`), 401, 'UNAUTHENTICATED');
    expectInvalid(await restore(owner, 'x'), 'id');
    expect(await types()).toEqual(['workspace.deleted']);
  });

  it('is restored once, and one that is not deleted stays as it is', async () => {
    await remove();
    const answers = await Promise.all([restore(), restore(), restore()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await types()).toEqual(['workspace.deleted', 'workspace.restored']);
    expectProblem(await restore(member), 404, 'NOT_FOUND');
  });

  it('can not be restored after 30 days, purged or not', async () => {
    await remove();
    const age = (interval: string) =>
      platform.query(`UPDATE workspaces SET deleted_at = now() - $2::interval WHERE id = $1`, [workspaceId, interval]);
    await age('30 days');
    expectProblem(await restore(), 404, 'NOT_FOUND');
    expect(await deleted()).toEqual([]);
    await age('29 days 23 hours 59 minutes');
    expect(await deleted()).toHaveLength(1);
    expect((await restore()).status).toBe(200);
  });

  it('lets nobody in by an invitation, whether they have an account or not, until it is restored', async () => {
    const person = await signUp(platform);
    await invite(owner, workspaceId, person.email);
    const token = await invitationToken(platform, person.email);
    const email = anAddress();
    await invite(owner, workspaceId, email);
    const invitationTokenOfNew = await invitationToken(platform, email);
    await remove();
    expectProblem(await accept(person, workspaceId, token), 404, 'NOT_FOUND');
    const registration = { email, name: 'New', password: PASSWORD, invitationToken: invitationTokenOfNew };
    expectProblem(await platform.api.post('/auth/register', registration), 400, 'INVALID_TOKEN');
    await restore();
    expect((await accept(person, workspaceId, token)).status).toBe(200);
    expect((await platform.api.post('/auth/register', registration)).status).toBe(201);
  });

  it('keeps nobody from closing their account', async () => {
    await remove();
    expect((await owner.api.delete('/users/me', { password: PASSWORD })).status).toBe(204);
  });
});
