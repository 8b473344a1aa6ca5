import { randomBytes } from 'node:crypto';
import type { ApiAnswer } from '../support/ApiClient';
import { makeExport } from '../support/archives';
import { invite } from '../support/invitations';
import { jobsDone } from '../support/jobsDone';
import { moduleSamples } from '../support/moduleSamples';
import { login } from '../support/passwords';
import { addMember, anAddress, makeWorkspace, PASSWORD, type Person, signUp } from '../support/people';
import { aPicture } from '../support/pictures';
import { makeRole, roleId } from '../support/roles';
import type { TestPlatform } from '../support/testPlatform';
import { uploadAvatar } from '../support/upload';
import type { Samples } from './sampleRequest';

/** A populated workspace, and everybody who stands in some relation to it. */
export interface Tenant extends Samples {
  readonly workspaceId: string;
  readonly owner: Person;
  readonly member: Person;
  /** Is a member and holds no permission at all. */
  readonly powerless: Person;
  readonly removed: Person;
  readonly banned: Person;
  /** A machine with an API key of the workspace. */
  readonly machine: Pick<Person, 'accessToken'>;
  /** In every name that the tenant has, so that it is recognised wherever it comes out. */
  readonly marker: string;
}

/** What a request needs besides ids, by the name of the member; where any text will do, none. */
const VALUES: Readonly<Record<string, unknown>> = {
  role: 'viewer',
  roles: ['viewer'],
  q: 'ada',
  code: '123456',
  token: 'x'.repeat(43),
  task: 'auth.request-password-reset',
  password: PASSWORD,
  currentPassword: PASSWORD,
  newPassword: 'another horse, another battery',
  permission: 'users.read',
  permissions: ['users.read'],
  url: 'https://hooks.invalid/sample',
  events: ['workspace.deleted'],
  title: 'Changed',
  color: '#00ff00',
  body: 'Changed',
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-01-02T00:00:00.000Z',
};

/** The key of a role that the tenant's member has besides another one. */
const ASSIGNED = 'admin';

/** A resource of the tenant for each kind of id that routes may name, besides those of `moduleSamples`. */
const RESOURCES: Readonly<
  Record<string, (tenant: Omit<Tenant, 'ids' | 'values'>, platform: TestPlatform) => Promise<string>>
> = {
  workspace: async ({ workspaceId }) => workspaceId,
  user: async ({ owner, member, workspaceId }, platform) => {
    await owner.api.post(`/users/${member.id}/roles`, { role: ASSIGNED }, { 'X-Workspace-Id': workspaceId });
    await uploadAvatar(platform, member, ['file', await aPicture()]);
    return member.id;
  },
  session: async ({ owner }, platform) => {
    const { accessToken } = (await login(platform, owner.email)).body.data;
    const { data } = (await platform.api.as(accessToken).get('/auth/sessions')).body;
    return data.find((session: { current: boolean }) => session.current).id;
  },
  invitation: async ({ owner, workspaceId }) => (await invite(owner, workspaceId, anAddress('invited'))).body.data.id,
  apiKey: async ({ owner, workspaceId, marker }) => (await apiKey(owner, workspaceId, 'viewer', marker)).data.id,
  // What happens in the workspace is told by jobs: they are to be done before anybody looks for changes.
  notification: async ({ owner }, platform) => {
    await jobsDone(platform);
    return (await owner.api.get('/notifications')).body.data[0].id;
  },
  // Belongs to nobody: it is the engine's number, and no platform admin's to ask here.
  job: async () => '1',
  export: async ({ owner, workspaceId }) => (await makeExport(owner, workspaceId)).id,
  // Its key is no secret: a member who is refused hears which roles would help.
  role: async ({ owner: { accessToken }, workspaceId, marker }, platform) =>
    (await makeRole(platform.api.as(accessToken, workspaceId), { key: 'sample', name: `Role ${marker}` })).id,
  assignedRole: ({ owner: { accessToken }, workspaceId }, platform) =>
    roleId(platform.api.as(accessToken, workspaceId), ASSIGNED),
};

async function apiKey(
  { api }: Person,
  workspaceId: string,
  role: string,
  name = 'Machine',
): Promise<ApiAnswer['body']> {
  return (await api.post('/api-keys', { name, role }, { 'X-Workspace-Id': workspaceId })).body;
}

/** Makes a workspace with everything in it that a request can name. */
export async function makeTenant(platform: TestPlatform): Promise<Tenant> {
  const marker = `m${randomBytes(6).toString('hex')}`;
  const owner = await signUp(platform, { name: `Owner ${marker}`, email: anAddress(marker) });
  const workspaceId = await makeWorkspace(owner, `Workspace ${marker}`);
  const [member, powerless, removed, banned] = await Promise.all(
    ['Member', 'Powerless', 'Removed', 'Banned'].map((name) =>
      addMember(platform, owner, workspaceId, { name: `${name} ${marker}` }),
    ),
  );
  if (!member || !powerless || !removed || !banned) throw new Error('Somebody is missing.');
  await platform.query('DELETE FROM member_roles WHERE workspace_id = $1 AND user_id = $2', [
    workspaceId,
    powerless.id,
  ]);
  const inWorkspace = { 'X-Workspace-Id': workspaceId };
  await owner.api.delete(`/users/${removed.id}`, undefined, inWorkspace);
  await owner.api.put(`/users/${banned.id}/status`, { status: 'banned' }, inWorkspace);
  const { key: accessToken } = (await apiKey(owner, workspaceId, 'admin')).data;
  const people = { workspaceId, owner, member, powerless, removed, banned, machine: { accessToken }, marker };
  const ids: Record<string, string> = {};
  const resources = { ...RESOURCES, ...(await moduleSamples()) };
  for (const [resource, make] of Object.entries(resources)) ids[resource] = await make(people, platform);
  // That a key is used is written down once in a while; not in the middle of a proof that nothing is.
  await platform.query(`UPDATE api_keys SET last_used_at = now() + interval '1 day' WHERE workspace_id = $1`, [
    workspaceId,
  ]);
  return { ...people, ids, values: { ...VALUES, email: anAddress('sample') } };
}
