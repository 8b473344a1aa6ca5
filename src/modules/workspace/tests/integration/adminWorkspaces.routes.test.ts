import type { Server } from 'socket.io';
import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { accept, invitationToken, invite } from '../../../../../tests/support/invitations';
import {
  addMember,
  anAddress,
  makeWorkspace,
  PASSWORD,
  type Person,
  signUp,
} from '../../../../../tests/support/people';
import { aPlatformAdmin } from '../../../../../tests/support/platformAdmin';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { startTwoNodes, type TwoNodes } from '../../../../../tests/support/twoNodes';
import { newId } from '../../../../core/domain/Id';

describe('Workspaces, for a platform admin', () => {
  let nodes: TwoNodes;
  let platform: TestPlatform;
  let admin: Person;
  let owner: Person;
  let workspaceId: string;

  beforeAll(async () => {
    nodes = await startTwoNodes();
    platform = nodes.one;
    admin = await aPlatformAdmin(platform);
  });

  beforeEach(async () => {
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
  });

  afterAll(() => nodes.stop());

  const list = (query = ''): Promise<ApiAnswer> => admin.api.get(`/admin/workspaces${query}`);
  const idsOf = ({ body }: ApiAnswer): string[] => body.data.map(({ id }: { id: string }) => id);
  const change = (body: object = { status: 'suspended' }, by = admin, id = workspaceId): Promise<ApiAnswer> =>
    by.api.put(`/admin/workspaces/${id}/status`, body);
  const events = () =>
    platform.query(
      `SELECT type, actor_id AS by, facts FROM events WHERE workspace_id = $1 AND type ~ 'suspended|resumed'
       ORDER BY transaction_id, position`,
      [workspaceId],
    );

  describe('GET /admin/workspaces', () => {
    it('lists all of them, by cursor and by page, and tells nothing of what is in them', async () => {
      const { createdAt, updatedAt, name, slug } = (await owner.api.get(`/workspaces/${workspaceId}`)).body.data;
      await makeWorkspace(await signUp(platform));
      const whole = await list('?limit=100&sort=-createdAt');
      expect(whole.status).toBe(200);
      expect(whole.body.data[1]).toEqual({
        id: workspaceId,
        name,
        slug,
        ownerId: owner.id,
        status: 'active',
        suspensionReason: null,
        createdAt,
        updatedAt,
        deletedAt: null,
      });
      const ids = idsOf(whole);
      expect(idsOf(await list('?limit=100'))).toEqual([...ids].reverse());
      const first = await list('?limit=1&sort=-createdAt');
      const second = await list(`?limit=1&sort=-createdAt&cursor=${first.body.meta.nextCursor}`);
      expect([...idsOf(first), ...idsOf(second)]).toEqual(ids.slice(0, 2));
      expect((await list('?page=1&limit=1&sort=name')).body.meta).toMatchObject({ total: ids.length });
    });

    it('finds them by part of name or slug, and by status', async () => {
      const mark = newId().slice(-12);
      await owner.api.put(`/workspaces/${workspaceId}`, { name: `50% Off_${mark}`, slug: `slug-${mark}` });
      for (const q of [`off_${mark}`, `SLUG-${mark}`, `50%25 off_${mark}`]) {
        expect(idsOf(await list(`?q=${q}`))).toEqual([workspaceId]);
      }
      for (const q of [`off-${mark}`, `o%25${mark}`, '%5C']) expect(idsOf(await list(`?q=${q}`))).toEqual([]);
      const inStatus = async () => {
        const states = ['active', 'suspended', 'deleted'];
        const found = await Promise.all(states.map(async (status) => idsOf(await list(`?q=${mark}&status=${status}`))));
        return states.filter((_, index) => found[index]?.length);
      };
      expect(await inStatus()).toEqual(['active']);
      await change();
      expect(await inStatus()).toEqual(['suspended']);
      await change({ status: 'active' });
      await eventually(async () => expect((await owner.api.delete(`/workspaces/${workspaceId}`)).status).toBe(204));
      expect(await inStatus()).toEqual(['deleted']);
      expect((await list(`?q=${mark}&status=deleted&page=1`)).body.meta.total).toBe(1);
    });

    it.each([
      ['sort=slug', 'sort'],
      ['status=closed', 'status'],
      ['q=', 'q'],
      ['ownerId=x', 'ownerId'],
    ])('refuses ?%s', async (query, field) => {
      expectInvalid(await list(`?${query}`), field);
    });
  });

  it('are for platform admins only', async () => {
    for (const by of [owner, await signUp(platform)]) {
      expectProblem(await by.api.get('/admin/workspaces'), 403, 'PERMISSION_DENIED');
      expectProblem(await change({ status: 'suspended' }, by), 403, 'PERMISSION_DENIED');
    }
    expectProblem(await platform.api.get('/admin/workspaces'), 401, 'UNAUTHENTICATED');
    expect(await events()).toEqual([]);
  });

  it('are closed to an admin who is not a member, suspended or not', async () => {
    for (const status of ['suspended', 'active']) {
      await change({ status });
      for (const path of [`/workspaces/${workspaceId}`, `/workspaces/${workspaceId}/members`])
        expectProblem(await admin.api.get(path), 404, 'NOT_FOUND');
      expectProblem(await admin.api.put(`/workspaces/${workspaceId}`, { name: 'x' }), 404, 'NOT_FOUND');
      expectProblem(await admin.api.delete(`/workspaces/${workspaceId}`), 404, 'NOT_FOUND');
    }
  });

  describe('PUT /admin/workspaces/:id/status', () => {
    it('shuts every member out on both nodes, and lets them in again', async () => {
      const member = await addMember(platform, owner, workspaceId);
      const clients = [owner, member].flatMap(({ accessToken }) =>
        [nodes.one, nodes.two].map(({ api }) => api.as(accessToken, workspaceId)),
      );
      for (const api of clients) expect((await api.get('/users')).status).toBe(200);
      const { status, body } = await change({ status: 'suspended', reason: 'unpaid' });
      expect([status, body.data]).toMatchObject([200, { status: 'suspended', suspensionReason: 'unpaid' }]);
      for (const api of clients) {
        await eventually(async () => expectProblem(await api.get('/users'), 403, 'WORKSPACE_SUSPENDED'));
        expectProblem(await api.get(`/workspaces/${workspaceId}`), 403, 'WORKSPACE_SUSPENDED');
      }
      const stranger = await signUp(platform);
      expectProblem(await stranger.api.get(`/workspaces/${workspaceId}`), 404, 'NOT_FOUND');
      expect((await owner.api.get('/workspaces')).body.data).toMatchObject([{ id: workspaceId, status: 'suspended' }]);
      expect((await change({ status: 'active' })).body.data).toMatchObject({
        status: 'active',
        suspensionReason: null,
      });
      for (const api of clients) await eventually(async () => expect((await api.get('/users')).status).toBe(200));
      expect(await events()).toEqual([
        { type: 'workspace.suspended', by: admin.id, facts: { reason: 'unpaid' } },
        { type: 'workspace.resumed', by: admin.id, facts: { reason: null } },
      ]);
    });

    it('takes their sockets out of the room, on both nodes', async () => {
      const auth = { token: owner.accessToken, workspaceId };
      const sockets = await Promise.all(
        [nodes.one, nodes.two].map(({ address }) => SocketClient.connect(address, auth)),
      );
      await change();
      const rejoin = (socket: SocketClient) => socket.send('workspace:join', { workspaceId });
      const refused = { ok: false, error: { code: 'WORKSPACE_SUSPENDED', status: 403 } };
      for (const socket of sockets) {
        await eventually(async () => expect(await rejoin(socket)).toMatchObject(refused));
      }
      await expect(SocketClient.connect(platform.address, auth)).rejects.toMatchObject({
        problem: { code: 'WORKSPACE_SUSPENDED' },
      });
      for (const node of [nodes.one, nodes.two]) {
        const room = node.service<Server>('socketServer').local.in(`workspace:${workspaceId}`);
        await eventually(async () => expect(await room.fetchSockets()).toEqual([]));
      }
      await change({ status: 'active' });
      await eventually(async () =>
        expect((await owner.api.put(`/workspaces/${workspaceId}`, { name: newId() })).status).toBe(200),
      );
      const witness = await eventually(() => SocketClient.connect(platform.address, auth));
      await owner.api.put(`/workspaces/${workspaceId}`, { name: 'Heard' });
      await eventually(() => expect(witness.told('workspace:updated')).toHaveLength(1));
      for (const socket of [...sockets, witness]) {
        expect(socket.connected).toBe(true);
        socket.disconnect();
      }
      expect(sockets.flatMap(({ heard }) => heard)).toEqual([]);
    });

    it('lets nobody delete, restore or join what is suspended', async () => {
      const person = await signUp(platform);
      await invite(owner, workspaceId, person.email);
      const token = await invitationToken(platform, person.email);
      const email = anAddress();
      await invite(owner, workspaceId, email);
      const tokenOfNew = await invitationToken(platform, email);
      await change();
      await eventually(async () =>
        expectProblem(await owner.api.delete(`/workspaces/${workspaceId}`), 403, 'WORKSPACE_SUSPENDED'),
      );
      expectProblem(await owner.api.post(`/workspaces/${workspaceId}/restore`), 403, 'WORKSPACE_SUSPENDED');
      expectProblem(await accept(person, workspaceId, token), 403, 'WORKSPACE_SUSPENDED');
      const registration = { email, name: 'New', password: PASSWORD, invitationToken: tokenOfNew };
      expectProblem(await platform.api.post('/auth/register', registration), 403, 'WORKSPACE_SUSPENDED');
      expectProblem(await owner.api.delete('/users/me', { password: PASSWORD }), 409, 'LAST_OWNER');
      await change({ status: 'active' });
      expect((await accept(person, workspaceId, token)).status).toBe(200);
    });

    it('suspends a deleted one too, which its owner can not restore then', async () => {
      await owner.api.delete(`/workspaces/${workspaceId}`);
      expect((await change()).body.data).toMatchObject({ status: 'suspended', deletedAt: expect.any(String) });
      expectProblem(await owner.api.post(`/workspaces/${workspaceId}/restore`), 403, 'WORKSPACE_SUSPENDED');
      await change({ status: 'active' });
      expect((await owner.api.post(`/workspaces/${workspaceId}/restore`)).status).toBe(200);
    });

    it('changes nothing twice', async () => {
      await change();
      await change({ status: 'suspended', reason: 'again' });
      expect(await events()).toHaveLength(1);
    });

    it.each<[string, object, string[]]>([
      ['nothing', {}, ['status']],
      ['another status', { status: 'deleted' }, ['status']],
      ['a long reason', { status: 'suspended', reason: 'x'.repeat(501) }, ['reason']],
      ['more', { status: 'suspended', ownerId: newId() }, ['ownerId']],
    ])('refuses %s', async (_what, body, fields) => {
      expectInvalid(await change(body), ...fields);
      expectProblem(await change({ status: 'suspended' }, admin, newId()), 404, 'NOT_FOUND');
      expectInvalid(await change({ status: 'suspended' }, admin, 'x'), 'id');
      expect(await events()).toEqual([]);
    });
  });
});
