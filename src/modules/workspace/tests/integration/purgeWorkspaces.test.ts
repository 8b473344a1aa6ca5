import { fullWorkspace, rowsOfWorkspace } from '../../../../../tests/support/fullWorkspace';
import { eventually } from '../../../../../tests/support/eventually';
import { tenantTables, workspaceColumn } from '../../../../../tests/support/tenancy';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import type { SequelizeUnitOfWork } from '../../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../../core/infrastructure/database/Statement';
import type { PurgeDeletedWorkspaces } from '../../application/PurgeDeletedWorkspaces';

describe('The purge of deleted workspaces', () => {
  let platform: TestPlatform;
  let job: PurgeDeletedWorkspaces;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    job = platform.service('purgeDeletedWorkspaces');
  });

  afterAll(() => platform.stop());

  /** As if it had been deleted so long ago. */
  const deletedSince = (id: string, age: string) =>
    platform.query('UPDATE workspaces SET deleted_at = now() - $2::interval WHERE id = $1', [id, age]);

  /** The tables that hold anything of a workspace. */
  async function tablesWith(id: string): Promise<string[]> {
    const found: string[] = [];
    for (const table of await tenantTables(platform)) {
      const rows = await platform.query(`SELECT 1 FROM ${table} WHERE ${workspaceColumn(table)} = $1 LIMIT 1`, [id]);
      if (rows.length > 0) found.push(table);
    }
    return found;
  }

  const purged = async () =>
    (
      await platform.query<{ id: string }>(`SELECT facts->>'purgedWorkspaceId' AS id FROM events
                                           WHERE type = 'workspace.purged' ORDER BY position`)
    ).map(({ id }) => id);

  it('leaves no row of it in any tenant table, and touches no other workspace', async () => {
    const [gone, recent, alive] = [
      await fullWorkspace(platform),
      await fullWorkspace(platform),
      await fullWorkspace(platform),
    ];
    expect(await tablesWith(gone.id)).toEqual(await tenantTables(platform));
    await deletedSince(gone.id, '30 days 1 minute');
    await deletedSince(recent.id, '29 days 23 hours');
    const others = [await rowsOfWorkspace(platform, recent.id), await rowsOfWorkspace(platform, alive.id)];
    await job.run();
    expect(await tablesWith(gone.id)).toEqual([]);
    expect([await rowsOfWorkspace(platform, recent.id), await rowsOfWorkspace(platform, alive.id)]).toEqual(others);
    expect(await purged()).toEqual([gone.id]);
    // The people stay, without the workspace.
    await eventually(async () => expect((await gone.owner.api.get('/users/me')).status).toBe(200));
    await job.run();
    expect(await purged()).toEqual([gone.id]);
  });

  it('finds the table of a module that nobody told it of, and what refers to it', async () => {
    const { id } = await fullWorkspace(platform);
    await platform.query(`
      CREATE TABLE future_parents (workspace_id uuid NOT NULL REFERENCES workspaces, id int, PRIMARY KEY (workspace_id, id));
      CREATE TABLE future_children (workspace_id uuid NOT NULL, parent_id int,
        FOREIGN KEY (workspace_id, parent_id) REFERENCES future_parents);
      INSERT INTO future_parents VALUES ('${id}', 1);
      INSERT INTO future_children VALUES ('${id}', 1);
      ALTER TABLE future_parents OWNER TO CURRENT_USER;
      GRANT ALL ON future_parents, future_children TO PUBLIC`);
    try {
      await deletedSince(id, '31 days');
      await job.run();
      expect(await tablesWith(id)).toEqual([]);
    } finally {
      await platform.query('DROP TABLE future_children, future_parents');
    }
  });

  it('fails as a whole, by the table’s name, where something can not be deleted', async () => {
    const { id } = await fullWorkspace(platform);
    await platform.query(`
      CREATE TABLE stubborn_notes (member_workspace uuid, user_id uuid,
        FOREIGN KEY (member_workspace, user_id) REFERENCES members (workspace_id, user_id));
      INSERT INTO stubborn_notes SELECT workspace_id, user_id FROM members WHERE workspace_id = '${id}' LIMIT 1`);
    try {
      await deletedSince(id, '31 days');
      const before = await rowsOfWorkspace(platform, id);
      await expect(job.run()).rejects.toThrow(/can not be purged from .*members/);
      expect(await rowsOfWorkspace(platform, id)).toEqual(before);
    } finally {
      await platform.query('DROP TABLE stubborn_notes');
    }
    await job.run();
    expect(await tablesWith(id)).toEqual([]);
  });

  it('is not to be had by anybody before its time, not even by the application', async () => {
    const unitOfWork = platform.service<SequelizeUnitOfWork>('unitOfWork');
    const purge = statement('test.purge', 'SELECT purge_workspace($1) AS purged');
    const [alive, recent] = [await fullWorkspace(platform), await fullWorkspace(platform)];
    await deletedSince(recent.id, '1 day');
    for (const { id } of [alive, recent]) {
      await expect(unitOfWork.run({}, () => unitOfWork.execute(purge, [id]))).resolves.toEqual([{ purged: false }]);
      await expect(unitOfWork.run({ workspaceId: alive.id }, () => unitOfWork.execute(purge, [id]))).resolves.toEqual([
        { purged: false },
      ]);
      expect(await tablesWith(id)).toEqual(await tenantTables(platform));
    }
  });
});
