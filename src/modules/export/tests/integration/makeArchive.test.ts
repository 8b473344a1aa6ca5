import { rm, writeFile } from 'node:fs/promises';
import { RecordingMailer } from '../../../../../tests/fixtures/RecordingMailer';
import { addPendingExport, filesOf, makeExport, storedArchives } from '../../../../../tests/support/archives';
import { addMember, makeWorkspace, signUp, type Person } from '../../../../../tests/support/people';
import { silentLogger } from '../../../../../tests/support/silentLogger';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import type { WorkspaceId } from '../../../../core/domain/Id';
import { UnavailableError } from '../../../../core/errors/UnavailableError';
import { MailOwnerOnExportReady } from '../../application/MailOwnerOnExportReady';
import { MakeArchive } from '../../application/MakeArchive';
import type { WorkspaceArchives } from '../../application/WorkspaceArchives';
import { exportReady } from '../../domain/events';
import type { ExportId } from '../../domain/ExportId';

describe('The job that makes an archive', () => {
  let platform: TestPlatform;
  let owner: Person;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
  });

  afterAll(() => platform.stop());

  const run = (job: object): Promise<void> => platform.service<MakeArchive>('makeArchive').run(job as never);
  /** The job, with another one who makes archives. */
  const jobWith = (archives: WorkspaceArchives): MakeArchive =>
    new MakeArchive(
      platform.service('workspaceExports'),
      archives,
      platform.service('memberRoles'),
      platform.service('fileStorage'),
      platform.service('unitOfWork'),
      platform.service('clock'),
      silentLogger,
    );
  const outcome = async ({ exportId }: { exportId: string }): Promise<unknown> =>
    (await platform.query('SELECT status, failure FROM workspace_exports WHERE id = $1', [exportId]))[0];

  it('begins anew after a crash, and removes what the attempt before has left', async () => {
    const workspace = await makeWorkspace(owner);
    await makeExport(owner, workspace);
    const job = await addPendingExport(platform, owner, workspace);
    const half = filesOf(platform, workspace, 'exports', `${job.exportId}.zip.0123456789ab.part`);
    await writeFile(half, 'half of it');
    await run(job);
    expect(await outcome(job)).toEqual({ status: 'ready', failure: null });
    expect(await storedArchives(platform, workspace)).not.toContain(`${job.exportId}.zip.0123456789ab.part`);
  });

  it('does nothing when it comes a second time', async () => {
    const workspace = await makeWorkspace(owner);
    const job = await addPendingExport(platform, owner, workspace);
    await run(job);
    const ready = await platform.query('SELECT * FROM workspace_exports WHERE id = $1', [job.exportId]);
    await run(job);
    expect(await platform.query('SELECT * FROM workspace_exports WHERE id = $1', [job.exportId])).toEqual(ready);
  });

  it('looks again whether who asked is an owner', async () => {
    const workspace = await makeWorkspace(owner);
    const admin = await addMember(platform, owner, workspace, { role: 'admin' });
    const job = await addPendingExport(platform, admin, workspace);
    await run(job);
    expect(await outcome(job)).toEqual({ status: 'failed', failure: 'PERMISSION_DENIED' });
    expect(await storedArchives(platform, workspace)).toEqual([]);
  });

  it('ends as failed, without a file, when the archive can not be written, and the next one may be asked for', async () => {
    const workspace = await makeWorkspace(owner);
    await makeExport(owner, workspace);
    const folder = filesOf(platform, workspace);
    await rm(folder, { recursive: true });
    await writeFile(folder, 'in the way');
    const failed = await makeExport(owner, workspace);
    expect(failed).toMatchObject({ status: 'failed', failure: 'INTERNAL_ERROR', downloadUrl: null });
    await rm(folder);
    expect((await makeExport(owner, workspace)).status).toBe('ready');
  });

  it('is tried again while the database is away', async () => {
    const workspace = await makeWorkspace(owner);
    const job = await addPendingExport(platform, owner, workspace);
    const away = jobWith({ write: () => Promise.reject(new UnavailableError()) });
    await expect(away.run(job as never)).rejects.toThrow(UnavailableError);
    expect(await outcome(job)).toEqual({ status: 'pending', failure: null });
    await run(job);
    expect(await outcome(job)).toEqual({ status: 'ready', failure: null });
  });

  it('leaves alone what another run has ended meanwhile', async () => {
    const workspace = await makeWorkspace(owner);
    const job = await addPendingExport(platform, owner, workspace);
    const overtaken = jobWith({
      write: async () => {
        await run(job);
        throw new Error('The file was taken away.');
      },
    });
    await overtaken.run(job as never);
    expect(await outcome(job)).toEqual({ status: 'ready', failure: null });
    expect(await storedArchives(platform, workspace)).toEqual([`${job.exportId}.zip`]);
  });

  it('tells nobody who has left that an archive is ready', async () => {
    const workspace = await makeWorkspace(owner);
    const former = await addMember(platform, owner, workspace);
    const job = await addPendingExport(platform, former, workspace);
    const mailer = new RecordingMailer();
    const handler = new MailOwnerOnExportReady(platform.service('exportQueries'), mailer, 'https://app.example.com');
    const ready = exportReady(
      { workspaceId: workspace as WorkspaceId, at: new Date() },
      { exportId: job.exportId as ExportId, bytes: 1, sha256: '' },
    );
    await handler.handle(ready);
    expect(mailer.sent).toHaveLength(1);
    await owner.api.delete(`/workspaces/${workspace}/members/${former.id}`);
    await handler.handle(ready);
    await handler.handle({ ...ready, workspaceId: null });
    expect(mailer.sent).toHaveLength(1);
  });

  it('ends as failed, without a file, when the rows can not be read', async () => {
    const workspace = await makeWorkspace(owner);
    await platform.query('REVOKE SELECT ON invitations FROM atrium_app');
    try {
      expect(await makeExport(owner, workspace)).toMatchObject({ status: 'failed', failure: 'INTERNAL_ERROR' });
      expect(await storedArchives(platform, workspace)).toEqual([]);
    } finally {
      await platform.query('GRANT SELECT ON invitations TO atrium_app');
    }
  });
});
