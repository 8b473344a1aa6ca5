import type { RemindOfDueTasks } from '../../src/modules/project/application/RemindOfDueTasks';
import { makeExport } from './archives';
import { makeApiKey } from './apiKeys';
import { addMember, anAddress, makeWorkspace, type Person, signUp } from './people';
import { jobsDone } from './jobsDone';
import { moduleSamples } from './moduleSamples';
import { makeComment, makeLabel, makeProject, makeTask } from './tasks';
import { sealAll } from './sealAll';
import { tenantTables, workspaceColumn } from './tenancy';
import type { TestPlatform } from './testPlatform';

/** A workspace that has a row in every tenant table, and its owner. */
export async function fullWorkspace(platform: TestPlatform): Promise<{ id: string; owner: Person }> {
  const owner = await signUp(platform, { email: anAddress('owner').replace('example.com', 'engines.example') });
  const id = await makeWorkspace(owner);
  const member = await addMember(platform, owner, id);
  const leaver = await addMember(platform, owner, id);
  await makeApiKey(owner, id);
  await makeExport(owner, id);
  const api = platform.api.as(owner.accessToken, id);
  const [project, label] = [await makeProject(api, { leadId: member.id }), await makeLabel(api)];
  const parent = await makeTask(api, { projectId: project.id, labelIds: [label.id], assigneeId: member.id });
  await makeTask(api, { parentId: parent.id, description: 'In *parts*', status: 'done' });
  await makeComment(
    api,
    parent.id,
    `See @[Charles](${member.id}), and 6f8f3a52-5d8c-4ad5-9f0e-2f1f6f0c1a11 elsewhere.`,
  );
  await makeTask(api, { dueDate: new Date(Date.now() + 3_600_000).toISOString() });
  await platform.platform.container.get<RemindOfDueTasks>('remindOfDueTasks').run();
  for (const make of Object.values(await moduleSamples()))
    await make({ workspaceId: id, owner, marker: 'full' }, platform);
  const answers = [
    await owner.api.post(`/workspaces/${id}/members/invite`, { email: anAddress(), role: 'viewer' }),
    await owner.api.put(`/workspaces/${id}`, { settings: { allowedEmailDomains: ['engines.example'] } }),
    await owner.api.post(`/workspaces/${id}/transfer-ownership`, { userId: member.id }),
    await owner.api.delete(`/workspaces/${id}/members/${leaver.id}`),
  ];
  for (const { status, body } of answers) if (status >= 400) throw new Error(JSON.stringify(body));
  await platform.query(
    `INSERT INTO role_permissions (workspace_id, role_id, permission)
     SELECT workspace_id, id, 'roles.read' FROM roles WHERE workspace_id = $1`,
    [id],
  );
  const { node } = platform.service<{ node: string }>('presence');
  const connected = 'INSERT INTO presences (workspace_id, user_id, node) VALUES ($1, $2, $3)';
  await platform.query(connected, [id, owner.id, node]);
  // What people are told of all that.
  await jobsDone(platform);
  await sealAll(platform, id);
  return { id, owner };
}

/** All rows of a workspace, each behind the name of its table. @throws for a table that has none: it would prove nothing */
export async function rowsOfWorkspace(platform: TestPlatform, id: string): Promise<string[]> {
  const all: string[] = [];
  for (const table of await tenantTables(platform)) {
    const text = `SELECT t::text AS row FROM ${table} AS t WHERE ${workspaceColumn(table)} = $1 ORDER BY 1`;
    const rows = await platform.query<{ row: string }>(text, [id]);
    expect({ table, rows: rows.length }).not.toEqual({ table, rows: 0 });
    all.push(...rows.map(({ row }) => `${table} ${row}`));
  }
  return all;
}
