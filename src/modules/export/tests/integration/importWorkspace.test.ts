import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attach, filesOnDisk } from '../../../../../tests/support/attachments';
import {
  archiveOf,
  readArchive,
  sha256,
  writeArchive,
  type ArchiveContent,
} from '../../../../../tests/support/archives';
import { dataFolder } from '../../../../../tests/support/dataFolder';
import {
  agreeing,
  DAMAGES,
  FORGERIES,
  PEOPLE,
  ROLES,
  withFirst,
  withRows,
} from '../../../../../tests/support/forgedArchives';
import { leavesNoTrace } from '../../../../../tests/support/leavesNoTrace';
import {
  addMember,
  anAddress,
  makeWorkspace,
  register,
  signUp,
  type Person,
} from '../../../../../tests/support/people';
import { makeTask } from '../../../../../tests/support/tasks';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';
import { EmailAddress } from '../../../user';
import type { ImportSummary, ImportWorkspace } from '../../application/ImportWorkspace';

describe('Importing a workspace', () => {
  let platform: TestPlatform;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let owner: Person;
  let original: ArchiveContent;

  beforeAll(async () => {
    const here = await TestPlatform.start();
    platform = await TestPlatform.start();
    folder = await dataFolder();
    owner = await signUp(here);
    const workspaceId = await makeWorkspace(owner);
    await addMember(here, owner, workspaceId);
    await owner.api.post(`/workspaces/${workspaceId}/members/invite`, { email: anAddress(), role: 'viewer' });
    const { id: taskId } = await makeTask(here.api.as(owner.accessToken, workspaceId));
    await attach(here, owner, { workspaceId, taskId }, Buffer.from('attached'));
    original = await readArchive(await archiveOf(here, owner, workspaceId));
    await here.stop();
  });

  afterAll(async () => {
    await platform.stop();
    await folder.remove();
  });

  async function importFile(bytes: Buffer, options: { owner?: EmailAddress } = {}): Promise<ImportSummary> {
    const path = join(folder.path, `${newId()}.zip`);
    await writeFile(path, bytes);
    return platform.service<ImportWorkspace>('importWorkspace').execute({ path, ...options });
  }

  const importContent = async (content: ArchiveContent): Promise<ImportSummary> =>
    importFile(await writeArchive(content));

  async function expectRefused(attempt: () => Promise<unknown>, reason: RegExp | string): Promise<void> {
    await leavesNoTrace(platform, () => expect(attempt()).rejects.toThrow(reason));
  }

  it('takes the archive that the others are changed from', async () => {
    const { rows, people, slug } = await importContent(original);
    expect(people).toEqual({ known: 0, opened: 2 });
    expect(rows).toMatchObject({ workspaces: 1, members: 2, roles: 4, member_roles: 2, invitations: 2 });
    expect(slug).toBe('analytical-engines');
  });

  it('finds again the accounts that it has opened before, while nobody could get into them', async () => {
    expect((await importContent(original)).people).toEqual({ known: 2, opened: 0 });
  });

  it('brings what is attached, with the room that it takes', async () => {
    const before = await filesOnDisk(platform);
    const { workspaceId } = await importContent(original);
    const [file] = await platform.query('SELECT id, status FROM files WHERE workspace_id = $1', [workspaceId]);
    expect(file).toMatchObject({ status: 'ready' });
    expect((await filesOnDisk(platform)).filter((name) => !before.includes(name))).toEqual([file?.id]);
    const usage = await platform.query('SELECT bytes::int FROM file_usage WHERE workspace_id = $1', [workspaceId]);
    expect(usage).toEqual([{ bytes: 'attached'.length }]);
  });

  it('takes a row whose content is lost', async () => {
    const before = await filesOnDisk(platform);
    const kept = Object.entries(original).filter(([name]) => !name.startsWith('contents/'));
    expect((await importContent(agreeing(Object.fromEntries(kept)))).rows).toMatchObject({ files: 1 });
    expect(await filesOnDisk(platform)).toEqual(before);
  });

  describe('refuses what is damaged:', () => {
    it.each(Object.entries(DAMAGES))('%s', async (reason, damage) => {
      await expectRefused(() => importContent(damage(original)), reason);
    });

    it('a file that is no ZIP, and one that is cut off', async () => {
      const whole = await writeArchive(original);
      await expectRefused(() => importFile(Buffer.from('no archive')), 'The archive is refused: the file');
      await expectRefused(() => importFile(whole.subarray(0, whole.length - 100)), 'The archive is refused: the file');
    });

    it('a byte that fell over, wherever it stands', async () => {
      const whole = await writeArchive(original);
      const localHeader = 30 + PEOPLE.length;
      const fallen = Buffer.from(whole);
      fallen.writeUInt8(fallen.readUInt8(localHeader + 20) === 0 ? 1 : 0, localHeader + 20);
      await expectRefused(() => importFile(fallen), 'The archive is refused');
    });
  });

  describe('refuses what this platform could not have written:', () => {
    it.each(FORGERIES)('%s', async (_what, reason, forge) => {
      await expectRefused(() => importContent(forge(original)), reason);
    });
  });

  describe('refuses an archive that means harm by its form:', () => {
    it('an entry that leads out of it', async () => {
      for (const [name, disguise] of [
        ['tables/evil1.ndjson', '../../etc/x.ndjson2'],
        ['tables/evil1.ndjson', '/absolute/x.ndjson'],
        ['tables/evil1.ndjson', 'tables\\evil.ndjson'],
        ['tables/evil1.ndjson', 'tables/../../ab.ndj'],
      ] as const) {
        const bytes = await writeArchive(agreeing({ ...original, [name]: '' }));
        const disguised = Buffer.from(bytes.toString('latin1').replaceAll(name, disguise.padEnd(19, 'x')), 'latin1');
        await expectRefused(() => importFile(disguised), 'The archive is refused: the file');
      }
    });

    it('two entries of one name', async () => {
      const bytes = await writeArchive(agreeing({ ...original, 'tables/rolez.ndjson': '' }));
      const doubled = Buffer.from(bytes.toString('latin1').replaceAll('tables/rolez.ndjson', ROLES), 'latin1');
      await expectRefused(() => importFile(doubled), 'it has two entries');
    });

    it('one that would become too large', async () => {
      const bomb = 'a'.repeat(50_000_000);
      await expectRefused(() => importContent({ ...original, [ROLES]: bomb }), 'it would become too large');
    });

    it('a line without an end', async () => {
      const noise = Array.from({ length: 400_000 }, () => sha256(String(Math.random()))).join('');
      await expectRefused(() => importContent(agreeing({ ...original, [ROLES]: `${noise}\n` })), 'a line is too long');
    });
  });

  describe('and the people:', () => {
    it('an account with a password whose address nobody has proven is not made a member', async () => {
      const squatter = await register(platform, { email: anAddress('squatter') });
      const content = withFirst(original, PEOPLE, { email: squatter.email });
      await expectRefused(() => importContent(content), `may be strangers’: ${squatter.email}.`);
    });

    it('an owner is named by the address of a verified account', async () => {
      const stranger = await register(platform);
      const bytes = await writeArchive(original);
      for (const email of [stranger.email, 'nobody@example.com']) {
        const attempt = (): Promise<unknown> => importFile(bytes, { owner: EmailAddress(email) });
        await expectRefused(attempt, `There is no verified account ${email}.`);
      }
    });

    it('one who is a member already becomes an owner by being named', async () => {
      const member = await signUp(platform);
      const content = withRows(original, PEOPLE, (rows) =>
        rows.map((row) => (row.email === owner.email ? row : { ...row, email: member.email })),
      );
      const { workspaceId } = await importFile(await writeArchive(content), { owner: EmailAddress(member.email) });
      const { body } = await member.api.get('/workspaces');
      expect(body.data).toMatchObject([{ id: workspaceId, ownerId: member.id, roles: ['member', 'owner'] }]);
    });
  });
});
