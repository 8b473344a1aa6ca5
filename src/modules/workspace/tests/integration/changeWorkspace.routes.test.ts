import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { loggedEvents } from '../../../../../tests/support/loggedEvents';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { makeRole } from '../../../../../tests/support/roles';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';

describe('PUT /workspaces/:id', () => {
  let platform: TestPlatform;
  let owner: Person;
  let admin: Person;
  let workspaceId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  beforeEach(async () => {
    owner = await signUp(platform, { email: `owner-${newId().slice(-12)}@engines.example` });
    workspaceId = await makeWorkspace(owner);
    admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
  });

  afterAll(() => platform.stop());

  const change = (body: unknown, by = owner, headers = {}, id = workspaceId): Promise<ApiAnswer> =>
    by.api.put(`/workspaces/${id}`, body, headers);
  const read = async () => (await owner.api.get(`/workspaces/${workspaceId}`)).body.data;
  const updates = () => loggedEvents(platform, workspaceId, 'workspace.updated');

  it('changes what is named, leaves the rest, and tells everybody in the room', async () => {
    const before = await read();
    const socket = await SocketClient.connect(platform.address, { token: admin.accessToken, workspaceId });
    const slug = `renamed-${newId().slice(-12)}`;
    const { status, body, headers } = await change({ name: ' New ', slug }, admin);
    expect(status).toBe(200);
    expect(body.data).toEqual({ ...before, name: 'New', slug, updatedAt: expect.any(String) });
    expect(Date.parse(body.data.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    expect(headers.get('etag')).toBe((await owner.api.get(`/workspaces/${workspaceId}`)).headers.get('etag'));
    await eventually(() =>
      expect(socket.told('workspace:updated')).toEqual([
        {
          id: expect.any(String),
          type: 'workspace.updated',
          workspaceId,
          actorId: admin.id,
          cursor: expect.any(String),
          occurredAt: expect.any(String),
          workspace: body.data,
          changed: ['name', 'slug'],
          before: { name: before.name, slug: before.slug },
        },
      ]),
    );
    socket.disconnect();
    expect((await change({ description: 'Cards' })).body.data).toMatchObject({ name: 'New', description: 'Cards' });
    expect((await change({ description: null })).body.data.description).toBeNull();
  });

  it('tells nothing of what is as it was', async () => {
    const { name, slug, description, updatedAt } = await read();
    expect((await change({ settings: { timezone: 'Europe/Berlin', locale: 'de' } })).status).toBe(200);
    const { updatedAt: changedAt } = await read();
    expect(changedAt).not.toBe(updatedAt);
    const same = { name, slug, description, settings: { locale: 'de', timezone: 'Europe/Berlin' } };
    expect((await change(same)).body.data.updatedAt).toBe(changedAt);
    expect(await updates()).toHaveLength(1);
  });

  it('replaces each setting that is named as a whole, and null takes it back', async () => {
    const first = { locale: 'de-AT', timezone: 'Europe/Vienna', limits: { maxMembers: 50 }, defaultRole: 'viewer' };
    expect((await change({ settings: first })).body.data.settings).toEqual(first);
    const { locale, defaultRole } = first;
    const second = { timezone: null, limits: {} };
    expect((await change({ settings: second })).body.data.settings).toEqual({ locale, defaultRole, limits: {} });
    expect((await change({ settings: {} })).body.data.settings).toEqual({ locale, defaultRole, limits: {} });
  });

  it.each<[string, unknown, string[]]>([
    ['nothing', undefined, ['']],
    ['no change', {}, ['']],
    ['a blank name', { name: ' ' }, ['name']],
    ['no name', { name: null }, ['name']],
    ['a bad slug', { slug: 'A b' }, ['slug']],
    [
      'what is not to be set',
      { ownerId: newId(), status: 'active', deletedAt: null },
      ['ownerId', 'status', 'deletedAt'],
    ],
    ['unknown settings', { settings: { theme: 'dark' } }, ['settings.theme']],
    ['settings that are none', { settings: ['x'] }, ['settings']],
    ['an unknown time zone', { settings: { timezone: 'Mars/Olympus' } }, ['settings.timezone']],
    ['an unknown language', { settings: { locale: 'Deutsch!' } }, ['settings.locale']],
    ['a limit of nobody', { settings: { limits: { maxMembers: 0 } } }, ['settings.limits.maxMembers']],
    ['an unknown limit', { settings: { limits: { tasks: 1 } } }, ['settings.limits.tasks']],
    ['an unknown role', { settings: { defaultRole: 'king' } }, ['settings.defaultRole']],
    ['owners for everybody', { settings: { defaultRole: 'owner' } }, ['settings.defaultRole']],
    ['no domain', { settings: { allowedEmailDomains: ['engines'] } }, ['settings.allowedEmailDomains.0']],
    ['an address', { settings: { allowedEmailDomains: ['a@engines.example'] } }, ['settings.allowedEmailDomains.0']],
    ['a public domain', { settings: { allowedEmailDomains: ['GMail.com'] } }, ['settings.allowedEmailDomains.0']],
    ['a foreign domain', { settings: { allowedEmailDomains: ['other.example'] } }, ['settings.allowedEmailDomains']],
    [
      'one domain twice',
      { settings: { allowedEmailDomains: ['engines.example', 'Engines.example'] } },
      ['settings.allowedEmailDomains.1'],
    ],
  ])('refuses %s', async (_what, body, fields) => {
    const before = await read();
    const answer = await change(body);
    if (fields[0] === '') expectProblem(answer, 400, 'VALIDATION_ERROR', { errors: expect.any(Array) });
    else expectInvalid(answer, ...fields);
    expect(await read()).toEqual(before);
    expect(await updates()).toEqual([]);
  });

  it('refuses a slug that another workspace has, deleted or not', async () => {
    const other = await signUp(platform);
    const theirs = await makeWorkspace(other, 'Theirs');
    const { slug } = (await other.api.get(`/workspaces/${theirs}`)).body.data;
    expectProblem(await change({ slug }), 409, 'SLUG_TAKEN');
    expect((await other.api.delete(`/workspaces/${theirs}`)).status).toBe(204);
    expectProblem(await change({ slug }), 409, 'SLUG_TAKEN');
  });

  it('changes nothing but what If-Match knows', async () => {
    const { headers } = await owner.api.get(`/workspaces/${workspaceId}`);
    const known = { 'If-Match': headers.get('etag') ?? '' };
    const changed = await change({ name: 'First' }, owner, known);
    expect(changed.status).toBe(200);
    expectProblem(await change({ name: 'Second' }, owner, known), 412, 'PRECONDITION_FAILED');
    const next = { 'If-Match': changed.headers.get('etag') ?? '' };
    expect((await change({ name: 'Second' }, owner, next)).status).toBe(200);
    const both = await Promise.all(['A', 'B'].map((name) => change({ name }, owner, { 'If-Match': '*' })));
    expect(both.map(({ status }) => status)).toContain(200);
  });

  it('lets only an owner open it to the domain of their own verified address, and anybody keep or nobody but owners close it', async () => {
    const domains = (list: string[] | null, by = owner) => change({ settings: { allowedEmailDomains: list } }, by);
    expectProblem(await domains(['example.com'], admin), 403, 'ROLE_ESCALATION');
    expect((await domains(['ENGINES.example'])).body.data.settings).toEqual({
      allowedEmailDomains: ['engines.example'],
    });
    const second = await addMember(platform, owner, workspaceId, { role: 'owner' });
    expect((await domains(['engines.example', 'example.com'], second)).status).toBe(200);
    expectProblem(await domains([], admin), 403, 'ROLE_ESCALATION');
    expectProblem(await domains(null, admin), 403, 'ROLE_ESCALATION');
    expect((await change({ settings: { locale: 'fr' } }, admin)).status).toBe(200);
    expect((await domains(null)).body.data.settings).toEqual({ locale: 'fr' });
  });

  it('lets nobody make a default of a role that holds more than their own', async () => {
    await makeRole(platform.api.as(owner.accessToken, workspaceId), {
      name: 'Remover',
      permissions: ['workspaces.delete'],
    });
    expectProblem(await change({ settings: { defaultRole: 'remover' } }, admin), 403, 'ROLE_ESCALATION');
    expect((await change({ settings: { defaultRole: 'remover' } })).status).toBe(200);
  });

  it('asks for the permission, and answers the same for a foreign workspace and for none', async () => {
    const member = await addMember(platform, owner, workspaceId);
    expectProblem(await change({ name: 'x' }, member), 403, 'PERMISSION_DENIED', { permission: 'workspaces.update' });
    const stranger = await signUp(platform);
    const foreign = await change({ name: 'x' }, stranger);
    expectProblem(foreign, 404, 'NOT_FOUND');
    const nowhere = await change({ name: 'x' }, stranger, {}, newId());
    expect(withoutRequest(nowhere)).toEqual(withoutRequest(foreign));
    expectProblem(await platform.api.put(`/workspaces/${workspaceId}`, { name: 'x' }), 401, 'UNAUTHENTICATED');
    expectInvalid(await change({ name: 'x' }, owner, {}, 'x'), 'id');
  });

  it('takes If-Match where the platform is set to ask for it', async () => {
    const strict = await TestPlatform.start({ environment: { REQUIRE_IF_MATCH: 'true' }, database: platform.database });
    const api = strict.api.as(owner.accessToken);
    const path = `/workspaces/${workspaceId}`;
    expectProblem(await api.put(path, { name: 'Strict' }), 428, 'PRECONDITION_REQUIRED');
    const { headers } = await api.get(path);
    expect((await api.put(path, { name: 'Strict' }, { 'If-Match': headers.get('etag') ?? '' })).status).toBe(200);
    await strict.stop();
  });
});
