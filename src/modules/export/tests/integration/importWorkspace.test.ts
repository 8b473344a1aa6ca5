import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attach, filesOnDisk } from '../../../../../tests/support/attachments';
import { archiveOf, readArchive, writeArchive, type ArchiveContent } from '../../../../../tests/support/archives';
import { dataFolder } from '../../../../../tests/support/dataFolder';
import { databaseSnapshot } from '../../../../../tests/support/databaseSnapshot';
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

type Manifest = Record<string, unknown> & { entries: Record<string, Record<string, unknown>> };
type Row = Record<string, unknown>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** With a manifest that agrees with it, as whoever changes an archive on purpose would write it. */
function agreeing(content: ArchiveContent, changes: Partial<Manifest> = {}): ArchiveContent {
  const { 'manifest.json': manifest = '{}', ...entries } = content;
  const counted = Object.entries(entries).map(([name, text]) => {
    const facts = { rows: text.split('\n').length - 1, bytes: Buffer.byteLength(text), sha256: sha256(text) };
    return [name, facts] as const;
  });
  const agreed = { ...JSON.parse(manifest), entries: Object.fromEntries(counted), ...changes };
  return { ...entries, 'manifest.json': JSON.stringify(agreed) };
}

/** An archive with the rows of one entry changed, and a manifest that agrees. */
function withRows(content: ArchiveContent, name: string, change: (rows: Row[]) => readonly Row[]): ArchiveContent {
  const rows = (content[name] ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
  const text = change(rows).map((row) => `${JSON.stringify(row)}\n`);
  return agreeing({ ...content, [name]: text.join('') });
}

const first = (change: (row: Row) => Row) => (rows: Row[]) =>
  rows.map((row, index) => (index === 0 ? change(row) : row));

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
    return platform.platform.container.get<ImportWorkspace>('importWorkspace').execute({ path, ...options });
  }

  const importContent = async (content: ArchiveContent): Promise<ImportSummary> =>
    importFile(await writeArchive(content));

  async function expectRefused(attempt: () => Promise<unknown>, reason: RegExp | string): Promise<void> {
    const before = [await databaseSnapshot(platform), await filesOnDisk(platform)];
    await expect(attempt()).rejects.toThrow(reason);
    expect([await databaseSnapshot(platform), await filesOnDisk(platform)]).toEqual(before);
  }

  const WORKSPACES = 'tables/workspaces.ndjson';
  const PEOPLE = 'people.ndjson';
  const ROLES = 'tables/roles.ndjson';
  const MEMBERS = 'tables/members.ndjson';

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
    const damaged: Record<string, (content: ArchiveContent) => ArchiveContent> = {
      'its hash is not': (content) => ({ ...content, [ROLES]: (content[ROLES] ?? '').replace('Admin', 'Nimda') }),
      'its size is not': (content) => ({ ...content, [ROLES]: `${content[ROLES] ?? ''}{}\n` }),
      'it is not there': ({ [ROLES]: _roles, ...others }) => others,
      'the manifest does not know it': (content) => ({ ...content, 'tables/more.ndjson': '' }),
      'there is none': ({ 'manifest.json': _manifest, ...others }) => others,
      'its last line has no end': (content) => agreeing({ ...content, [ROLES]: `${content[ROLES] ?? ''}{` }),
      'a line is no JSON object': (content) => agreeing({ ...content, [ROLES]: 'null\n' }),
      'it is not there; it was made by': ({ [ROLES]: _roles, ...others }) => agreeing(others),
      'as many rows': (content) => {
        const { entries, ...manifest } = JSON.parse(content['manifest.json'] ?? '') as Manifest;
        const changed = { ...manifest, entries: { ...entries, [ROLES]: { ...entries[ROLES], rows: 3 } } };
        return { ...content, 'manifest.json': JSON.stringify(changed) };
      },
    };

    it.each(Object.entries(damaged))('%s', async (reason, damage) => {
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
    const forged: [string, string, (content: ArchiveContent) => ArchiveContent][] = [
      [
        'a content that is of nothing',
        'no row has it',
        (content) => agreeing({ ...content, [`contents/files/${newId()}`]: 'x' }),
      ],
      [
        'a content of what has none',
        'no row has it',
        (content) => {
          const [id] = /[0-9a-f-]{36}/.exec(content[ROLES] ?? '') ?? [];
          return agreeing({ ...content, [`contents/roles/${id}`]: 'x' });
        },
      ],
      [
        'a type that a browser would run',
        'There is no such type',
        (content) =>
          withRows(
            content,
            'tables/files.ndjson',
            first((row) => ({ ...row, type: 'text/html' })),
          ),
      ],
      ['a newer format', 'is newer than this platform', (content) => agreeing(content, { format: 2 })],
      ['an older one that never was', 'there is no format', (content) => agreeing(content, { format: 0 })],
      ['a manifest with more in it', 'is not allowed', (content) => agreeing(content, { admin: true })],
      ['a table of accounts', 'it is not known here', (content) => agreeing({ ...content, 'tables/users.ndjson': '' })],
      [
        'a column that does not travel',
        'there is no column "token_hash" here',
        (content) =>
          withRows(
            content,
            'tables/invitations.ndjson',
            first((row) => ({ ...row, token_hash: 'x' })),
          ),
      ],
      [
        'the workspace of somebody else',
        'there is no column "workspace_id" here',
        (content) =>
          withRows(
            content,
            ROLES,
            first((row) => ({ ...row, workspace_id: newId() })),
          ),
      ],
      [
        'a column that is missing',
        'a row has no key',
        (content) =>
          withRows(
            content,
            ROLES,
            first(({ key: _key, ...row }) => row),
          ),
      ],
      [
        'an id that is none',
        'roles.id: it is no id',
        (content) =>
          withRows(
            content,
            ROLES,
            first((row) => ({ ...row, id: `x'); DROP TABLE roles; --` })),
          ),
      ],
      [
        'a role that is not in it',
        'it refers to something that is not in the archive',
        (content) =>
          withRows(
            content,
            'tables/member_roles.ndjson',
            first((row) => ({ ...row, role_id: newId() })),
          ),
      ],
      [
        'a person who is not in it',
        'it refers to something that is not in the archive',
        (content) =>
          withRows(
            content,
            MEMBERS,
            first((row) => ({ ...row, user_id: newId() })),
          ),
      ],
      [
        'two workspaces',
        'it must hold the one workspace',
        (content) => withRows(content, WORKSPACES, ([row = {}]) => [row, { ...row, id: newId(), slug: 'another' }]),
      ],
      ['no workspace', 'it must hold the one workspace', (content) => withRows(content, WORKSPACES, () => [])],
      [
        'a name that nobody could have typed',
        'workspaces.name',
        (content) =>
          withRows(
            content,
            WORKSPACES,
            first((row) => ({ ...row, name: 'two\r\nlines' })),
          ),
      ],
      [
        'a slug that leads elsewhere',
        'workspaces.slug',
        (content) =>
          withRows(
            content,
            WORKSPACES,
            first((row) => ({ ...row, slug: '../admin' })),
          ),
      ],
      [
        'an address that is none',
        'email must be a valid e-mail address',
        (content) =>
          withRows(
            content,
            PEOPLE,
            first((row) => ({ ...row, email: 'a@b' })),
          ),
      ],
      [
        'a person without an id',
        'an id is none',
        (content) =>
          withRows(
            content,
            PEOPLE,
            first((row) => ({ ...row, id: 7 })),
          ),
      ],
      [
        'a person without a name',
        'it is no text',
        (content) =>
          withRows(
            content,
            PEOPLE,
            first((row) => ({ ...row, name: null })),
          ),
      ],
      [
        'a biography without an end',
        'what is the bio',
        (content) =>
          withRows(
            content,
            PEOPLE,
            first((row) => ({ ...row, bio: 'x'.repeat(2001) })),
          ),
      ],
      [
        'a time zone on the moon',
        'timezone must be an IANA time zone',
        (content) =>
          withRows(
            content,
            PEOPLE,
            first((row) => ({ ...row, timezone: 'Moon/Tycho' })),
          ),
      ],
      [
        'an address in capitals, which would be another one',
        'it is not written as this platform writes it',
        (content) =>
          withRows(
            content,
            PEOPLE,
            first((row) => ({ ...row, email: 'Ada@Example.com' })),
          ),
      ],
      [
        'somebody twice',
        'somebody is in it twice',
        (content) => withRows(content, PEOPLE, ([row = {}, ...rows]) => [row, { ...row, id: newId() }, ...rows]),
      ],
      [
        'a person with a password',
        'there is no column "passwordHash" here',
        (content) =>
          withRows(
            content,
            PEOPLE,
            first((row) => ({ ...row, passwordHash: 'x' })),
          ),
      ],
      [
        'a language that is none',
        'what is the language',
        (content) =>
          withRows(
            content,
            PEOPLE,
            first((row) => ({ ...row, locale: '<script>' })),
          ),
      ],
      [
        'a status that there is not',
        'violates check constraint',
        (content) =>
          withRows(
            content,
            MEMBERS,
            first((row) => ({ ...row, status: 'god' })),
          ),
      ],
      [
        'a moment that is written otherwise than it is read back',
        'what was written differs',
        (content) =>
          withRows(
            content,
            MEMBERS,
            first((row) => ({ ...row, joined_at: '2026-01-01 00:00Z' })),
          ),
      ],
      [
        'the same role twice',
        'duplicate key value',
        (content) => withRows(content, ROLES, ([row = {}, ...rows]) => [row, row, ...rows]),
      ],
    ];

    it.each(forged)('%s', async (_what, reason, forge) => {
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
      const content = withRows(
        original,
        PEOPLE,
        first((row) => ({ ...row, email: squatter.email })),
      );
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
