import type { AuditEntryView } from '../../src/modules/audit/application/AuditQueries';
import type { SealAudit } from '../../src/modules/audit/application/SealAudit';
import { makeExport } from '../support/archives';
import { dataFolder } from '../support/dataFolder';
import { addMember, makeWorkspace, type Person, signUp } from '../support/people';
import { makeRole } from '../support/roles';
import { runScript } from '../support/runScript';
import { TestPlatform } from '../support/testPlatform';

const JWT_SECRET = 'a secret of the tests, known to all of their nodes';

describe('An auditor', () => {
  let platform: TestPlatform;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let owner: Person;
  let workspaceId: string;

  beforeAll(async () => {
    folder = await dataFolder();
    platform = await TestPlatform.start({ environment: { DATA_DIR: folder.path } });
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
  });

  afterAll(async () => {
    await platform.stop();
    await folder.remove();
  });

  const seal = () => platform.service<SealAudit>('sealAudit').run();
  const verify = () => runScript(platform, folder.path, 'verify-audit', [], { JWT_SECRET });

  it('follows what happened in a workspace, takes it away, and has it verified', async () => {
    const auditor = await addMember(platform, owner, workspaceId, { role: 'viewer' });
    const inWorkspace = { 'X-Workspace-Id': workspaceId };
    expect((await auditor.api.get('/audit-logs', inWorkspace)).status).toBe(403);

    const role = { key: 'auditor', name: 'Auditor', permissions: ['audit.read'] };
    await makeRole(platform.api.as(owner.accessToken, workspaceId), role);
    await owner.api.put(`/workspaces/${workspaceId}/members/${auditor.id}/roles`, { roles: ['viewer', 'auditor'] });
    await makeExport(owner, workspaceId);

    const { body } = await platform.api.as(auditor.accessToken, workspaceId).get('/audit-logs?limit=100&sort=at');
    const told = body.data as AuditEntryView[];
    const story = told.map(({ action, via, actor, outcome }) => [action, via, actor.id, outcome]);
    for (const step of [
      ['workspace.created', 'http', owner.id, 'success'],
      ['workspace.member-joined', 'http', auditor.id, 'success'],
      ['access.denied', 'http', auditor.id, 'denied'],
      ['role.created', 'http', owner.id, 'success'],
      ['role.member-roles-changed', 'http', owner.id, 'success'],
      ['workspace.export-requested', 'http', owner.id, 'success'],
    ]) {
      expect(story).toContainEqual(step);
    }
    const made = told.find(({ action }) => action === 'workspace.export-ready');
    expect(made).toMatchObject({ via: 'job', ip: null, requestId: expect.any(String) });
    expect(told.findLast(({ action }) => action === 'role.member-roles-changed')).toMatchObject({
      changes: [{ field: 'roles', before: ['viewer'], after: ['auditor', 'viewer'] }],
    });

    const exported = await auditor.api.get('/audit-logs/export?format=ndjson', inWorkspace);
    expect(String(exported.body).trim().split('\n').length).toBeGreaterThanOrEqual(body.data.length);
    await seal();
    const verified = await auditor.api.get('/audit-logs/verify', inWorkspace);
    expect(verified.body.data).toMatchObject({ intact: true, firstBad: null });
    const { code, stdout } = await verify();
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('2 of 2 audits are intact.') });
  });

  it('is told by the script which entry somebody has changed, by its exit code too', async () => {
    await seal();
    const [entry] = await platform.query<{ id: string }>(
      `UPDATE audit_entries SET actor_id = NULL WHERE workspace_id = $1 AND action = 'workspace.created' RETURNING id`,
      [workspaceId],
    );
    const { code, stdout, stderr } = await verify();
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: expect.stringMatching(new RegExp(`${workspaceId}  NOT INTACT: changed at \\d+, entry ${entry?.id}`)),
      stderr: 'Somebody has tampered with what happened.\n',
    });
  });
});
