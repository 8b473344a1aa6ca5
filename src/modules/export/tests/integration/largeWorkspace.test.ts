import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { makeWorkspace, signUp } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import type { WorkspaceId } from '../../../../core/domain/Id';
import type { ImportWorkspace } from '../../application/ImportWorkspace';
import type { WorkspaceArchives } from '../../application/WorkspaceArchives';

const ROWS = 20_000;
const MIB = 1024 * 1024;
/** The rows are three times as much. */
const CEILING = 15 * MIB;

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** The most memory that was in use meanwhile, beyond what was before. */
async function memoryOf<Result>(work: () => Promise<Result>): Promise<{ result: Result; peak: number }> {
  const before = memoryInUse();
  let peak = 0;
  let next: NodeJS.Timeout | undefined;
  const look = (): void => {
    const startedAt = performance.now();
    peak = Math.max(peak, memoryInUse() - before);
    // Looking takes the longer the more other tests have left behind, and is not to keep the work from going on.
    next = setTimeout(look, 500 + 10 * (performance.now() - startedAt));
  };
  look();
  const result = await work();
  clearTimeout(next);
  return { result, peak };
}

describe('A workspace of 20,000 events', () => {
  let platform: TestPlatform;
  let workspaceId: WorkspaceId;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    workspaceId = (await makeWorkspace(await signUp(platform))) as WorkspaceId;
    await platform.query(
      `INSERT INTO events (id, workspace_id, type, occurred_at, facts)
       SELECT gen_random_uuid(), $1, 'test.happened', now(),
              jsonb_build_object('text', repeat(md5(n::text), 75))
       FROM generate_series(1, $2) AS n`,
      [workspaceId, ROWS],
    );
  });

  afterAll(() => platform.stop());

  it('goes into an archive and comes out of it without ever being in memory', async () => {
    const key = `workspaces/${workspaceId}/exports/large.zip`;
    const archives = platform.service<WorkspaceArchives>('workspaceArchives');
    const written = await memoryOf(() => archives.write(workspaceId, key, new Date()));
    expect(written.result.rows).toBeGreaterThan(ROWS);

    expect(written.peak).toBeLessThan(CEILING);

    const path = join(platform.service<string>('dataDir'), 'files', key);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    expect(hash.digest('hex')).toBe(written.result.sha256);

    const imported = await memoryOf(() => platform.service<ImportWorkspace>('importWorkspace').execute({ path }));
    expect(imported.result.rows.events).toBeGreaterThanOrEqual(ROWS);

    expect(imported.peak).toBeLessThan(CEILING);
    const counted = `SELECT count(*)::int AS count FROM events WHERE workspace_id = $1 AND type = 'test.happened'`;
    expect(await platform.query(counted, [imported.result.workspaceId])).toEqual([{ count: ROWS }]);
  });
});
