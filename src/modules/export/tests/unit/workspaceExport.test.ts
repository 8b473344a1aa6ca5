import { aWorkspaceActor } from '../../../../../tests/fixtures/anActor';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId } from '../../../../core/domain/Id';
import type { ExportId } from '../../domain/ExportId';
import { WorkspaceExport } from '../../domain/WorkspaceExport';

const ARCHIVE = { bytes: 10, rows: 3, sha256: 'ab'.repeat(32) };
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

describe('WorkspaceExport', () => {
  const actor = aWorkspaceActor();
  const id = newId<ExportId>();
  const later = (ms: number): Date => new Date(NOW.getTime() + ms);
  const requested = (): WorkspaceExport => WorkspaceExport.request(actor, id, NOW);
  const types = (each: WorkspaceExport): string[] => each.releaseEvents().map(({ type }) => type);

  it('waits when it is asked for, and says so', () => {
    const asked = requested();
    expect(asked.state).toMatchObject({ status: 'pending', requestedBy: actor.userId, archive: null, failure: null });
    expect([asked.isPending, asked.isDownloadable(NOW)]).toEqual([true, false]);
    expect(asked.key).toBe(`workspaces/${actor.workspaceId}/exports/${id}.zip`);
    expect(types(asked)).toEqual(['workspace.export-requested']);
  });

  it('can be downloaded for seven days once it is complete', () => {
    const ready = requested();
    ready.complete(ARCHIVE, later(1));
    expect(ready.isDownloadable(later(WEEK_MS - 1))).toBe(true);
    expect(ready.isDownloadable(later(WEEK_MS))).toBe(false);
    expect(types(ready)).toEqual(['workspace.export-requested', 'workspace.export-ready']);
  });

  it('gives way to a newer one at once', () => {
    const ready = requested();
    ready.complete(ARCHIVE, NOW);
    ready.giveWay(later(5));
    expect([ready.isDownloadable(later(4)), ready.isDownloadable(later(5))]).toEqual([true, false]);
  });

  it('tells why there is no archive', () => {
    const failed = requested();
    failed.fail('INTERNAL_ERROR', NOW);
    expect(failed.state).toMatchObject({ status: 'failed', failure: 'INTERNAL_ERROR' });
    expect(failed.isDownloadable(NOW)).toBe(false);
    expect(types(failed)).toEqual(['workspace.export-requested', 'workspace.export-failed']);
  });

  it('is over when it has expired', () => {
    const ready = requested();
    ready.complete(ARCHIVE, NOW);
    ready.expire();
    expect(ready.isDownloadable(NOW)).toBe(false);
  });
});
