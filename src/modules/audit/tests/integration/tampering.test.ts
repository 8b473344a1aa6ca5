import { join } from 'node:path';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { FakeClock } from '../../../../../tests/fixtures/FakeClock';
import { RecordingLogger } from '../../../../../tests/fixtures/RecordingLogger';
import { dataFolder } from '../../../../../tests/support/dataFolder';
import { gate } from '../../../../../tests/support/gate';
import { makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { sealAll } from '../../../../../tests/support/sealAll';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import type { EventBus } from '../../../../core/application/EventBus';
import type { UnitOfWork } from '../../../../core/application/UnitOfWork';
import { defineEvent } from '../../../../core/domain/DomainEvent';
import type { WorkspaceId } from '../../../../core/domain/Id';
import type { AuditChain } from '../../application/AuditChain';
import type { AuditCheckpoints } from '../../application/AuditCheckpoints';
import { SealAudit } from '../../application/SealAudit';
import { NO_HASH } from '../../domain/chain';

describe('Whoever tampers with an audit', () => {
  const logger = new RecordingLogger();
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let platform: TestPlatform;
  let seal: SealAudit;
  let owner: Person;
  let workspaceId: string;

  beforeAll(async () => {
    folder = await dataFolder();
    platform = await TestPlatform.start({ logger, environment: { DATA_DIR: folder.path } });
    seal = platform.service('sealAudit');
    owner = await signUp(platform);
  });

  afterAll(async () => {
    await platform.stop();
    await folder.remove();
  });

  const rename = (name: string) => owner.api.put(`/workspaces/${workspaceId}`, { name });
  const checkpoint = () => join(folder.path, 'files/workspaces', workspaceId, 'audit/checkpoint.json');

  const entries = () =>
    platform.query<{ id: string; position: string }>(
      `SELECT entry_id AS id, position::int FROM audit_links WHERE workspace_id = $1 ORDER BY position`,
      [workspaceId],
    );

  async function verify() {
    const { status, body } = await owner.api.get('/audit-logs/verify', { 'X-Workspace-Id': workspaceId });
    expect(status).toBe(200);
    return body.data;
  }

  const sealed = (id = workspaceId) => sealAll(platform, id);

  /** As a superuser, for whom nothing is forbidden. */
  const tamper = (text: string, ...values: unknown[]) => platform.query(text, values);

  beforeEach(async () => {
    workspaceId = await makeWorkspace(owner);
    for (const name of ['One', 'Two', 'Three', 'Four']) await rename(name);
    await sealed();
  });

  it('not at all leaves it intact, signed, and growing', async () => {
    const before = await verify();
    expect(before).toMatchObject({ intact: true, firstBad: null, pending: 0 });
    expect(before.verified).toBeGreaterThanOrEqual(5);
    expect(before.checkpoint.position).toBe(before.verified);
    await rename('Five');
    expect(await verify()).toMatchObject({ intact: true, verified: before.verified, pending: 1 });
    await sealed();
    expect(await verify()).toMatchObject({
      intact: true,
      verified: before.verified + 1,
      pending: 0,
      checkpoint: { position: before.verified + 1 },
    });
  });

  it.each([
    ['details', `details = '{"forged":true}'`],
    ['actor', 'actor_id = NULL'],
    ['moment', `at = at + interval '1 millisecond'`],
    ['address', `ip = '203.0.113.7'`],
    ['outcome', `outcome = 'denied'`],
  ])('by editing the %s of an entry is found out, and the entry is named', async (_what, change) => {
    const third = (await entries())[2];
    await tamper(`UPDATE audit_entries SET ${change} WHERE workspace_id = $1 AND id = $2`, workspaceId, third?.id);
    expect(await verify()).toMatchObject({
      intact: false,
      verified: 2,
      firstBad: { position: 3, entryId: third?.id, damage: 'changed' },
    });
  });

  it('by deleting in the middle is found out: the entry alone, with its link, and with the gap closed', async () => {
    const third = (await entries())[2];
    await tamper('DELETE FROM audit_entries WHERE workspace_id = $1 AND id = $2', workspaceId, third?.id);
    const missing = { position: 3, entryId: third?.id, damage: 'missing' };
    expect(await verify()).toMatchObject({ intact: false, firstBad: missing });
    await tamper('DELETE FROM audit_links WHERE workspace_id = $1 AND position = 3', workspaceId);
    expect(await verify()).toMatchObject({ intact: false, firstBad: { ...missing, entryId: null } });
    for (let position = 4; position <= 5; position += 1) {
      await tamper(
        'UPDATE audit_links SET position = position - 1 WHERE workspace_id = $1 AND position = $2',
        workspaceId,
        position,
      );
    }
    expect(await verify()).toMatchObject({ intact: false, firstBad: { position: 3, damage: 'changed' } });
  });

  it('by swapping two entries is found out', async () => {
    const [, second, third] = await entries();
    await tamper(
      `UPDATE audit_links SET entry_id = (CASE position WHEN 2 THEN $2 ELSE $3 END)::uuid WHERE workspace_id = $1 AND position IN (2, 3)`,
      workspaceId,
      third?.id,
      second?.id,
    );
    expect(await verify()).toMatchObject({ intact: false, firstBad: { position: 2 } });
  });

  it('by cutting the tail is found out, and stays so when the chain grows again', async () => {
    const all = await entries();
    await tamper('DELETE FROM audit_entries WHERE workspace_id = $1 AND id = $2', workspaceId, all.at(-1)?.id);
    await tamper('DELETE FROM audit_links WHERE workspace_id = $1 AND entry_id = $2', workspaceId, all.at(-1)?.id);
    expect(await verify()).toMatchObject({ intact: false, firstBad: { position: all.length, damage: 'cut' } });
    const signed = await readFile(checkpoint(), 'utf8');
    await rename('Another');
    await sealed();
    expect(await readFile(checkpoint(), 'utf8')).toBe(signed);
    expect(logger.messages('error')).toContain('An audit is not what it was when it was signed');
    expect(await verify()).toMatchObject({ intact: false, firstBad: { position: all.length, damage: 'rewritten' } });
  });

  it('by deleting all of it is found out', async () => {
    await tamper('DELETE FROM audit_entries WHERE workspace_id = $1', workspaceId);
    await tamper('DELETE FROM audit_links WHERE workspace_id = $1', workspaceId);
    expect(await verify()).toMatchObject({ intact: false, firstBad: { position: 1, damage: 'cut' } });
  });

  it('by editing an entry and working out every hash anew is found out', async () => {
    const third = (await entries())[2];
    await tamper(
      `UPDATE audit_entries SET details = '{}', ip = NULL WHERE workspace_id = $1 AND id = $2`,
      workspaceId,
      third?.id,
    );
    // The platform’s own job computes the hashes that a forger would.
    await tamper(
      'DELETE FROM audit_links WHERE transaction_id >= (SELECT min(transaction_id) FROM audit_links WHERE workspace_id = $1)',
      workspaceId,
    );
    await sealed();
    const { length } = await entries();
    expect(await verify()).toMatchObject({ intact: false, firstBad: { position: length, damage: 'rewritten' } });
  });

  it.each([
    ['into the past', 'ASC'],
    ['behind the last one, while others have gone on', 'DESC'],
  ])('by slipping an entry %s is found out', async (_where, order) => {
    await sealed(await makeWorkspace(owner));
    const [forged] = await platform.query<{ id: string }>(
      `INSERT INTO audit_entries (workspace_id, id, transaction_id, at, action, outcome, changes, details, via)
       SELECT workspace_id, gen_random_uuid(), transaction_id, at, 'workspace.forged', 'success', '[]', '{}', 'http'
       FROM audit_entries WHERE workspace_id = $1 ORDER BY transaction_id ${order} LIMIT 1 RETURNING id`,
      [workspaceId],
    );
    await seal.run();
    expect(await verify()).toMatchObject({
      intact: false,
      pending: 0,
      firstBad: { position: null, entryId: forged?.id, damage: 'inserted' },
    });
  });

  it('by removing, changing or swapping the checkpoint is found out', async () => {
    const unsigned = { intact: false, checkpoint: null, firstBad: { damage: 'unsigned' } };
    const signed = await readFile(checkpoint(), 'utf8');
    await writeFile(checkpoint(), signed.replace(/"position":\d+/, '"position":1'));
    expect(await verify()).toMatchObject(unsigned);
    await writeFile(checkpoint(), 'no JSON');
    expect(await verify()).toMatchObject(unsigned);
    await rm(checkpoint());
    expect(await verify()).toMatchObject(unsigned);
    const elsewhere = await makeWorkspace(owner);
    await sealed(elsewhere);
    await writeFile(checkpoint(), await readFile(checkpoint().replace(workspaceId, elsewhere), 'utf8'));
    expect(await verify()).toMatchObject(unsigned);
    await writeFile(checkpoint(), signed);
    expect(await verify()).toMatchObject({ intact: true });
  });

  it('is not a node that was slower than another: what is signed never becomes less', async () => {
    const { container } = platform.platform;
    const chain = container.get<AuditChain>('auditChain');
    const [first] = await chain.linksAfter(workspaceId as WorkspaceId, 0, 1);
    const signed = await readFile(checkpoint(), 'utf8');
    const grown = [{ workspaceId: workspaceId as WorkspaceId, position: 1, hash: first?.hash ?? NO_HASH }];
    const slow = {
      sealNext: async () => grown.splice(0),
      linksAfter: (id: WorkspaceId, position: number, limit?: number) => chain.linksAfter(id, position, limit),
    };
    const [checkpoints, unitOfWork] = [
      container.get<AuditCheckpoints>('auditCheckpoints'),
      container.get<UnitOfWork>('unitOfWork'),
    ];
    await new SealAudit(slow, checkpoints, unitOfWork, new FakeClock(), logger).run();
    expect(await readFile(checkpoint(), 'utf8')).toBe(signed);
  });

  it('is not the application: it can neither change, delete nor empty', async () => {
    for (const table of ['audit_entries', 'audit_links']) {
      const [{ privileges } = { privileges: [] }] = await platform.query<{ privileges: string[] }>(
        `SELECT array_agg(privilege_type::text ORDER BY 1) AS privileges FROM information_schema.role_table_grants
         WHERE table_name = $1 AND grantee = 'atrium_app'`,
        [table],
      );
      expect({ table, privileges }).toEqual({ table, privileges: ['INSERT', 'SELECT'] });
    }
  });

  it('finds no gap to use: an entry whose transaction is still open comes later, and nothing is lost', async () => {
    const written = gate();
    const looked = gate();
    const late = platform.service<UnitOfWork>('unitOfWork').run({ workspaceId }, async () => {
      const event = defineEvent('lamp.lit')({ workspaceId: workspaceId as WorkspaceId, at: new Date() }, {});
      await platform.service<EventBus>('eventBus').publish([event]);
      written.open();
      await looked.passed;
    });
    await written.passed;
    await rename('While it is open');
    const { verified } = await verify();
    await seal.run();
    expect(await verify()).toMatchObject({ intact: true, verified, pending: 1 });
    looked.open();
    await late;
    await sealed();
    expect(await verify()).toMatchObject({ intact: true, verified: verified + 2, pending: 0 });
  });
});
