import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attach, fetchAttachment } from '../support/attachments';
import { archiveOf, readArchive, rowsIn, type ArchiveContent } from '../support/archives';
import { dataFolder } from '../support/dataFolder';
import { addMember, anAddress, makeWorkspace, PASSWORD, signUp, type Person } from '../support/people';
import { loggedEvents } from '../support/loggedEvents';
import { runScript, type Outcome } from '../support/runScript';
import { makeComment, makeTask } from '../support/tasks';
import { TestPlatform } from '../support/testPlatform';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** What an export and an import themselves add to the log. */
const ABOUT_ARCHIVES = /"type":"workspace\.(?:export-|imported)/;

/** The rows of an entry with their ids numbered in the order in which they first appear in the archive. */
function anonymous(content: ArchiveContent): Record<string, string[]> {
  const numbers = new Map<string, string>();
  const numbered = (id: string): string => {
    numbers.set(id, numbers.get(id) ?? `#${numbers.size + 1}`);
    return numbers.get(id) ?? '';
  };
  // The events first, which stand in the order in which they happened in both.
  const names = Object.keys(content).filter((name) => name.startsWith('tables/'));
  return Object.fromEntries(
    names.sort().map((name) => {
      const lines = (content[name] ?? '').split('\n').filter((line) => line !== '' && !ABOUT_ARCHIVES.test(line));
      return [name, lines.map((line) => line.replace(UUID, numbered)).sort()];
    }),
  );
}

describe('A workspace that moves to another installation', () => {
  let here: TestPlatform;
  let there: TestPlatform;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let owner: Person;
  let ownerThere: Person;
  let member: Person;
  let invited: string;
  let workspaceId: string;
  let archive: ArchiveContent;
  let outcome: Outcome;
  let newId: string;

  const importArchive = (...args: string[]): Promise<Outcome> =>
    // In the data folder of the platform there, where files lie.
    runScript(there, there.service<string>('dataDir'), 'import-workspace', [join(folder.path, 'archive.zip'), ...args]);

  beforeAll(async () => {
    [here, there, folder] = await Promise.all([TestPlatform.start(), TestPlatform.start(), dataFolder()]);
    owner = await signUp(here, { name: 'Olga Owner' });
    workspaceId = await makeWorkspace(owner, 'Analytical Engines');
    member = await addMember(here, owner, workspaceId, { name: 'Mia Member' });
    const former = await addMember(here, owner, workspaceId, { role: 'admin', name: 'Gone Since' });
    invited = anAddress('invited');
    await former.api.post(`/workspaces/${workspaceId}/members/invite`, { email: invited, role: 'viewer' });
    await owner.api.delete(`/workspaces/${workspaceId}/members/${former.id}`);
    await owner.api.put('/users/me', { bio: 'Ünïcödé "quoted"\nand 𝔪𝔬𝔯𝔢', timezone: 'Europe/Berlin', locale: 'de' });
    await here.query(
      `UPDATE workspaces SET description = $2, settings = '{"locale": "de", "limits": {"maxMembers": 12}}' WHERE id = $1`,
      [workspaceId, 'Line one\nline two \u2028 "quoted" \\ 𝔘'],
    );
    await here.query(
      `INSERT INTO role_permissions (workspace_id, role_id, permission)
       SELECT workspace_id, id, 'roles.read' FROM roles WHERE workspace_id = $1`,
      [workspaceId],
    );

    const { id: taskId } = await makeTask(here.api.as(owner.accessToken, workspaceId), { title: 'With a drawing' });
    await attach(here, owner, { workspaceId, taskId }, Buffer.from('the drawing'), { name: 'drawing.txt' });
    await makeComment(here.api.as(owner.accessToken, workspaceId), taskId, `Ask @[Mia [QA]](${member.id})`);

    // The owner has an account there as well, and somebody has taken the slug.
    ownerThere = await signUp(there, { email: owner.email, name: 'Olga There' });
    await makeWorkspace(await signUp(there), 'Analytical Engines');

    const bytes = await archiveOf(here, owner, workspaceId);
    archive = await readArchive(bytes);
    await writeFile(join(folder.path, 'archive.zip'), bytes);
    outcome = await importArchive();
    newId = /is there: (\S+)/.exec(outcome.stdout)?.[1] ?? '';
  });

  afterAll(async () => {
    await Promise.all([here.stop(), there.stop()]);
    await folder.remove();
  });

  it('is restored by the script, which says what it did', () => {
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toMatch(/^The workspace analytical-engines-[0-9a-f]{6} is there: [0-9a-f-]{36}\n/);
    expect(outcome.stdout).toContain('1 of its people had an account, 1 were given one without a password.');
    for (const name of Object.keys(archive).filter((each) => each.startsWith('tables/'))) {
      const [, table = ''] = /\/(\w+)/.exec(name) ?? [];
      expect(outcome.stdout).toMatch(new RegExp(`^ +${rowsIn(archive, name).length}  ${table}$`, 'm'));
    }
    expect(newId).not.toBe(workspaceId);
  });

  it('is seen by its owner, as it was', async () => {
    const api = there.api.as(ownerThere.accessToken, newId);
    const { body } = await api.get(`/workspaces/${newId}`);
    const { body: before } = await owner.api.get(`/workspaces/${workspaceId}`);
    const { id, slug } = body.data;
    expect(body.data).toEqual({ ...before.data, id, slug, ownerId: ownerThere.id });
    expect([id, slug === before.data.slug]).toEqual([newId, false]);

    const { body: people } = await api.get('/users?sort=joinedAt');
    expect(people.data).toMatchObject([
      { id: ownerThere.id, name: 'Olga There', emailVerified: true, roles: [{ key: 'owner' }] },
      { name: 'Mia Member', email: member.email, emailVerified: false, roles: [{ key: 'member' }] },
    ]);
    expect((await api.get('/users/search?q=Mia')).body.data).toMatchObject([{ email: member.email }]);
  });

  it('has what was attached to its tasks', async () => {
    const api = there.api.as(ownerThere.accessToken, newId);
    const [task] = (await api.get('/tasks')).body.data;
    const [file] = (await api.get(`/tasks/${task.id}/attachments`)).body.data;
    expect([task.title, file.name, file.bytes]).toEqual(['With a drawing', 'drawing.txt', 11]);
    const content = await fetchAttachment(there, ownerThere, { workspaceId: newId, taskId: task.id }, file.id);
    expect(await content.text()).toBe('the drawing');
  });

  it('is entered by a member who had no account there, by the link of a forgotten password', async () => {
    const { email } = member;
    const login = (): Promise<{ status: number; body: { data: { accessToken: string } } }> =>
      there.api.post('/auth/login', { email, password: PASSWORD });
    expect((await login()).status).toBe(401);
    await there.api.post('/auth/forgot-password', { email });
    const token = await there.mailedToken(email, /password/i);
    await there.api.post('/auth/reset-password', { token, password: PASSWORD });
    const { body } = await login();
    expect((await there.api.as(body.data.accessToken).get(`/workspaces/${newId}`)).status).toBe(200);
  });

  it('gives nothing away: no mail was sent, and no link of an invitation opens it', async () => {
    expect(await there.mailsTo(invited)).toEqual([]);
    const token = await here.mailedToken(invited, /invite/i);
    const person = await signUp(there, { email: invited });
    const { status, body } = await person.api.post(`/workspaces/${newId}/members/accept`, { token });
    expect([status, body.code]).toEqual([400, 'INVALID_TOKEN']);
  });

  it('has nothing of who had left but a closed account', async () => {
    const rows = await there.query(
      `SELECT users.name, users.status FROM invitations JOIN users ON users.id = invited_by
       WHERE workspace_id = $1 AND invitations.email = $2`,
      [newId, invited],
    );
    expect(rows).toEqual([{ name: 'Deleted user', status: 'inactive' }]);
  });

  it('is the same when it is exported again, up to ids, the slug, and what tells of the move', async () => {
    const again = await readArchive(await archiveOf(there, ownerThere, newId));
    const [before, after] = [anonymous(archive), anonymous(again)];
    const slug = /"slug":"[^"]+"/;
    expect(after).toEqual({
      ...before,
      'tables/workspaces.ndjson': before['tables/workspaces.ndjson']?.map((line) =>
        line.replace(slug, slug.exec(after['tables/workspaces.ndjson']?.[0] ?? '')?.[0] ?? ''),
      ),
    });
    const { entries: counted } = JSON.parse(archive['manifest.json'] ?? '') as { entries: object };
    const namesIn = (entries: object): string[] => Object.keys(entries).map((name) => name.replace(UUID, ''));
    expect(namesIn(JSON.parse(again['manifest.json'] ?? '').entries)).toEqual(namesIn(counted));
    const ids = new Set(JSON.stringify(archive).match(UUID));
    const same = [...new Set(JSON.stringify(again).match(UUID))].filter((id) => ids.has(id));
    // Where it came from is told by the one event about it.
    expect(same).toEqual([workspaceId]);
  });

  it('has what was said about its tasks, of which words are taken back as here', async () => {
    const api = there.api.as(ownerThere.accessToken, newId);
    const [task] = (await api.get('/tasks')).body.data;
    const [comment] = (await api.get(`/tasks/${task.id}/comments`)).body.data;
    const [mia] = (await api.get('/users/search?q=Mia')).body.data;
    expect(comment).toMatchObject({ authorId: ownerThere.id, body: `Ask @[Mia [QA]](${mia.id})`, mentions: [mia.id] });
    expect((await api.put(`/tasks/${task.id}/comments/${comment.id}`, { body: 'Ask nobody' })).status).toBe(200);
    const told = await loggedEvents(there, newId, 'comment.created');
    expect(told).toMatchObject([{ facts: { comment: { id: comment.id, body: '', mentions: [mia.id] } } }]);
  });

  it('can be imported again, with somebody else as an owner', async () => {
    const operator = await signUp(there);
    const again = await importArchive('--owner', operator.email);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('2 of its people had an account') });
    const id = /is there: (\S+)/.exec(again.stdout)?.[1] ?? '';
    const { body } = await operator.api.get('/workspaces');
    expect(body.data).toMatchObject([{ id, ownerId: operator.id, roles: ['owner'] }]);
  });

  it('is not asked for in another way than the usage says', async () => {
    const wrong = [[], ['a.zip', 'b.zip'], ['a.zip', '--force'], ['a.zip', '--owner', 'nobody']];
    const refusals = wrong.map(async (args) => {
      const refusal = await runScript(there, folder.path, 'import-workspace', args);
      expect(refusal).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^Usage: import-workspace/) });
    });
    await Promise.all(refusals);
  });
});
