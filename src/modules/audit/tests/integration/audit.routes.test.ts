import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { makeApiKey } from '../../../../../tests/support/apiKeys';
import { eventually } from '../../../../../tests/support/eventually';
import { expectProblem } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, PASSWORD, type Person, signUp } from '../../../../../tests/support/people';
import { aPlatformAdmin } from '../../../../../tests/support/platformAdmin';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';

describe('The audit of a workspace', () => {
  let platform: TestPlatform;
  let owner: Person;
  let member: Person;
  let workspaceId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner, 'Old');
    member = await addMember(platform, owner, workspaceId);
  });

  afterAll(() => platform.stop());

  const read = (query = '', path = '/audit-logs', by = owner, workspace = workspaceId): Promise<ApiAnswer> =>
    by.api.get(`${path}?${query}`, { 'X-Workspace-Id': workspace });
  const entries = async (query = '') => (await read(query)).body.data;

  it('tells who changed what, from what to what, from where, in which request', async () => {
    const headers = { 'User-Agent': 'The Tests/1.0', 'X-Request-Id': 'the-request' };
    await owner.api.put(`/workspaces/${workspaceId}`, { name: 'New' }, headers);
    expect((await entries('action=workspace.updated'))[0]).toEqual({
      id: expect.any(String),
      at: expect.any(String),
      actor: { id: owner.id, kind: 'person', name: owner.name },
      action: 'workspace.updated',
      resource: { type: 'workspace', id: workspaceId },
      outcome: 'success',
      changes: [{ field: 'name', before: 'Old', after: 'New' }],
      details: {},
      via: 'http',
      ip: expect.stringContaining('127.0.0.1'),
      userAgent: 'The Tests/1.0',
      requestId: 'the-request',
    });
  });

  it('tells what was denied', async () => {
    await member.api.delete(`/workspaces/${workspaceId}`);
    expect((await entries('action=access.denied'))[0]).toMatchObject({
      actor: { id: member.id },
      outcome: 'denied',
      details: { action: 'DELETE /workspaces/:id', code: 'PERMISSION_DENIED', permission: 'workspaces.delete' },
    });
  });

  it('names API keys', async () => {
    const { key, id } = await makeApiKey(owner, workspaceId);
    await platform.api.as(key, workspaceId).delete(`/workspaces/${workspaceId}`);
    expect((await entries(`actorId=${id}`))[0]).toMatchObject({
      actor: { id, kind: 'api-key', name: expect.any(String) },
    });
  });

  it('tells nothing that was undone', async () => {
    const before = await entries('limit=100');
    const { slug } = (await owner.api.get(`/workspaces/${await makeWorkspace(owner, 'Taken')}`)).body.data;
    expectProblem(await owner.api.put(`/workspaces/${workspaceId}`, { slug }), 409, 'SLUG_TAKEN');
    expect(await entries('limit=100')).toEqual(before);
  });

  it('is for those who hold audit.read', async () => {
    for (const path of ['/audit-logs', '/audit-logs/verify', '/audit-logs/export']) {
      const query = path.endsWith('export') ? 'format=csv' : '';
      expectProblem(await read(query, path, member), 403, 'PERMISSION_DENIED', { permission: 'audit.read' });
    }
  });

  it('is found by actor, action, resource and time', async () => {
    const all = await entries('limit=100&sort=at');
    const ids = (found: { id: string }[]) => found.map(({ id }) => id);
    const of = (filter: (entry: ApiAnswer['body']) => boolean) => ids(all.filter(filter));
    expect(ids(await entries(`limit=100&sort=at&actorId=${member.id}`))).toEqual(
      of(({ actor }) => actor.id === member.id),
    );
    const joined = of(({ action }) => action === 'workspace.member-joined');
    expect(joined.length).toBeGreaterThan(0);
    expect(ids(await entries('sort=at&action=workspace.member-joined'))).toEqual(joined);
    const aboutUsers = of(({ resource }) => resource?.type === 'user');
    expect(aboutUsers.length).toBeGreaterThan(0);
    expect(ids(await entries('limit=100&sort=at&resource=user'))).toEqual(aboutUsers);
    expect(ids(await entries(`limit=100&sort=at&resource=user:${member.id}`))).toEqual(
      of(({ resource }) => resource?.type === 'user' && resource.id === member.id),
    );
    const { at } = all[2];
    expect(ids(await entries(`limit=100&sort=at&from=${at}`))).toEqual(of((entry) => entry.at >= at));
    expect(ids(await entries(`limit=100&sort=at&to=${at}`))).toEqual(of((entry) => entry.at < at));
  });

  it('comes in pages, each entry once, in both directions', async () => {
    for (const sort of ['at', '-at']) {
      const all = await entries(`limit=100&sort=${sort}`);
      const paged: unknown[] = [];
      let cursor: string | null = null;
      do {
        const { body }: ApiAnswer = await read(`limit=2&sort=${sort}${cursor ? `&cursor=${cursor}` : ''}`);
        paged.push(...body.data);
        cursor = body.meta.nextCursor;
      } while (cursor);
      expect(paged).toEqual(all);
    }
  });

  it('keeps to itself: of another workspace, and of its people, it knows nothing', async () => {
    const other = await signUp(platform);
    const elsewhere = await makeWorkspace(other);
    const theirs = (await read('limit=100', '/audit-logs', other, elsewhere)).body.data;
    expect(theirs.length).toBeGreaterThan(0);
    const mine = JSON.stringify(await entries('limit=100'));
    for (const { id } of theirs) expect(mine).not.toContain(id);
    expect(await entries(`actorId=${other.id}`)).toEqual([]);
    expect(await entries(`actorId=${newId()}`)).toEqual([]);
    expect(await entries(`resource=workspace:${elsewhere}`)).toEqual([]);
    const { nextCursor } = (await read('limit=1', '/audit-logs', other, elsewhere)).body.meta;
    expectProblem(await read(`limit=1&cursor=${nextCursor}`), 400, 'INVALID_CURSOR');
  });

  it.each(['actorId=1', 'action=Robert);--', 'resource=role:1', 'from=yesterday', 'limit=1000', 'page=1', 'who=me'])(
    'refuses %s',
    async (query) => {
      expectProblem(await read(query), 400, 'VALIDATION_ERROR', { errors: expect.any(Array) });
    },
  );

  it('is handed over whole, however long it is, and empty where nothing fits', async () => {
    const id = await makeWorkspace(owner, 'Long');
    await platform.query(
      `INSERT INTO audit_entries (workspace_id, id, transaction_id, at, action, outcome, changes, details, via)
       SELECT $1, gen_random_uuid(), pg_current_xact_id(), now() - n * interval '1 second', 'test.counted', 'success', '[]', '{}', 'job'
       FROM generate_series(1, 1200) AS n`,
      [id],
    );
    const all = await read('format=ndjson&action=test.counted', '/audit-logs/export', owner, id);
    expect(all.body.trim().split('\n')).toHaveLength(1200);
    expect((await read('format=ndjson&action=test.missed', '/audit-logs/export', owner, id)).body).toBeFalsy();
  });

  it('is taken away whole, as lines of JSON or as a table, and tells by whom', async () => {
    const all = await entries('limit=100&sort=at');
    const ndjson = await read('format=ndjson', '/audit-logs/export');
    expect(ndjson.headers.get('content-type')).toBe('application/x-ndjson');
    expect(ndjson.headers.get('cache-control')).toBe('no-store');
    expect(ndjson.headers.get('content-disposition')).toBe(`attachment; filename="audit-${workspaceId}.ndjson"`);
    const lines = String(ndjson.body)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.slice(0, all.length)).toEqual(all);
    expect(lines.at(-1)).toMatchObject({ action: 'audit.exported', details: { format: 'ndjson' } });
    const csv = await read('format=csv&action=workspace.updated', '/audit-logs/export');
    expect(csv.headers.get('content-type')).toBe('text/csv');
    const rows = String(csv.body).trim().split('\r\n');
    expect(rows[0]).toMatch(/^id,at,actorId/);
    expect(rows).toHaveLength(
      1 + all.filter(({ action }: { action: string }) => action === 'workspace.updated').length,
    );
    expectProblem(await read('format=xml', '/audit-logs/export'), 400, 'VALIDATION_ERROR', {
      errors: [expect.any(Object)],
    });
  });

  it('is fast with many entries: each filter finds its page by an index, none sorts', async () => {
    await platform.query(
      `INSERT INTO audit_entries (workspace_id, id, at, action, actor_id, resource_type, resource_id, outcome, changes, details, via)
       SELECT $1, gen_random_uuid(), now() - n * interval '1 second', 'lamp.lit-' || n % 50, gen_random_uuid(), 'lamp',
         gen_random_uuid(), 'success', '[]', '{}', 'http'
       FROM generate_series(1, 20000) AS n`,
      [workspaceId],
    );
    await platform.query('ANALYZE audit_entries');
    const plan = async (condition: string, ...values: unknown[]) => {
      const rows = await platform.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT id FROM audit_entries WHERE workspace_id = $1 AND ${condition} ORDER BY at DESC, id DESC LIMIT 21`.replaceAll(
          /\$(\d)/g,
          (_match, at) => `'${String([workspaceId, ...values][at - 1])}'`,
        ),
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const plans = {
      audit_entries_pkey: await plan('true'),
      audit_entries_by_actor: await plan('actor_id = $2', member.id),
      audit_entries_by_action: await plan('action = $2', 'lamp.lit-7'),
      audit_entries_by_resource: await plan(`resource_type = 'user' AND resource_id = $2`, member.id),
    };
    for (const [index, text] of Object.entries(plans)) {
      expect(text).toContain(index);
      expect(text).not.toMatch(/Seq Scan|Sort/);
    }
  });

  it('shows no name of an account that was closed', async () => {
    const leaver = await addMember(platform, owner, workspaceId);
    const { status } = await leaver.api.delete('/users/me', { password: PASSWORD });
    expect(status).toBe(204);
    expect((await entries(`actorId=${leaver.id}`))[0]).toMatchObject({
      actor: { id: leaver.id, kind: 'person', name: null },
    });
  });

  it('tells what came in by a socket, and from where', async () => {
    const admin = await aPlatformAdmin(platform);
    const outcast = await signUp(platform);
    const suspended = await makeWorkspace(outcast);
    await admin.api.put(`/admin/workspaces/${suspended}/status`, { status: 'suspended' });
    const headers = { 'User-Agent': 'A socket/1.0' };
    const socket = await SocketClient.connect(platform.address, { token: outcast.accessToken }, { headers });
    const join = async () => (await socket.send('workspace:join', { workspaceId: suspended })).error?.code;
    await eventually(async () => expect(await join()).toBe('WORKSPACE_SUSPENDED'));
    socket.disconnect();
    const { body } = await admin.api.get(`/admin/audit-logs?actorId=${outcast.id}&action=access.denied&limit=1`);
    expect(body.data).toMatchObject([
      {
        via: 'socket',
        ip: expect.stringContaining('127.0.0.1'),
        userAgent: 'A socket/1.0',
        requestId: expect.any(String),
        details: { action: 'workspace:join', code: 'WORKSPACE_SUSPENDED' },
      },
    ]);
  });

  it('leaves sign-ins to platform admins, with their outcome', async () => {
    const admin = await aPlatformAdmin(platform);
    const list = async (query: string) => (await admin.api.get(`/admin/audit-logs?${query}`)).body.data;
    await platform.api.post('/auth/login', { email: owner.email, password: 'wrong' });
    await platform.api.post('/auth/login', { email: owner.email, password: PASSWORD });
    await eventually(async () =>
      expect(await list(`resource=user:${owner.id}&limit=2`)).toMatchObject([
        { action: 'auth.signed-in', outcome: 'success', via: 'http', actor: { id: owner.id } },
        { action: 'auth.sign-in-failed', outcome: 'failure', details: { reason: 'wrong credentials' } },
      ]),
    );
    await platform.api.post('/auth/login', { email: 'nobody@example.com', password: 'wrong' });
    expect((await list('action=auth.sign-in-failed&limit=1'))[0]).toMatchObject({
      actor: { id: null, kind: 'anonymous' },
      resource: null,
    });
    expect(await entries('action=auth.signed-in')).toEqual([]);
    expectProblem(await owner.api.get('/admin/audit-logs'), 403, 'PERMISSION_DENIED');
    expectProblem(await read('', '/audit-logs', admin, '00000000-0000-0000-0000-000000000000'), 404, 'NOT_FOUND');
  });
});
