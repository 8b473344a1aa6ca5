import { randomBytes } from 'node:crypto';
import type { JobQueue } from '../../src/core/application/JobQueue';
import type { SequelizeUnitOfWork } from '../../src/core/infrastructure/database/SequelizeUnitOfWork';
import { modules } from '../../src/modules';
import { createTestDatabase, type TestDatabase } from '../support/databases';
import { eventually } from '../support/eventually';
import { noteModule } from '../support/noteModule';
import { AddNote, NOTE_PERMISSION } from '../support/notes/AddNote';
import { NoteController } from '../support/notes/NoteController';
import { NoteJob, outcomes } from '../support/notes/NoteJob';
import { NoteSockets } from '../support/notes/NoteSockets';
import { addMember, makeWorkspace, type Person, signUp } from '../support/people';
import { makeRole } from '../support/roles';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';

describe('13: one action by route, socket and job', () => {
  let database: TestDatabase;
  let platform: TestPlatform;
  let owner: Person;
  let member: Person;
  let socket: SocketClient;
  let workspaceId: string;

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    const notes = noteModule({
      services: { addNote: AddNote },
      controllers: [NoteController],
      sockets: [NoteSockets],
      jobs: [NoteJob],
    });
    platform = await TestPlatform.start({ database, modules: [...modules, notes] });
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
  });

  beforeEach(async () => {
    member = await addMember(platform, owner, workspaceId, { role: 'viewer' });
    socket = await SocketClient.connect(platform.address, { token: member.accessToken });
  });

  afterEach(() => socket.disconnect());

  afterAll(async () => {
    await platform.stop();
    await database.drop();
  });

  const api = () => platform.api.as(owner.accessToken, workspaceId);
  const aText = () => randomBytes(8).toString('hex');

  /** Adds the job, with whatever else is to happen in the same transaction. */
  const addJob = async (content: string, meanwhile = async () => {}): Promise<string | undefined> => {
    await platform.service<SequelizeUnitOfWork>('unitOfWork').run({ workspaceId }, async () => {
      const note = { workspaceId, userId: member.id, text: content };
      await platform.service<JobQueue>('jobQueue').add('note.add', note);
      await meanwhile();
    });
    return eventually(() => {
      expect(outcomes.get(content)).toBeDefined();
      return outcomes.get(content);
    });
  };

  /** The verdicts of all three, and how many notes there are more than before. */
  async function verdicts(): Promise<{ verdicts: unknown[]; notes: number }> {
    const count = async () => (await platform.query('SELECT 1 FROM notes')).length;
    const before = await count();
    const { status, body } = await platform.api.as(member.accessToken, workspaceId).post('/notes', { text: aText() });
    const heard = await socket.send('note:add', { workspaceId, text: aText() });
    const job = await addJob(aText());
    return {
      verdicts: [status === 204 ? 'done' : body.code, heard.ok ? 'done' : heard.error.code, job],
      notes: (await count()) - before,
    };
  }

  const all = (verdict: string) => ({
    verdicts: [verdict, verdict, verdict],
    notes: verdict === 'done' ? 3 : 0,
  });

  it('is done for who may, and for nobody else', async () => {
    expect(await verdicts()).toEqual(all('PERMISSION_DENIED'));
    await api().post(`/users/${member.id}/roles`, { role: 'admin' });
    await eventually(async () => expect(await verdicts()).toEqual(all('done')));
  });

  it('ends with the role’s permission, the role, the membership', async () => {
    const { id } = await makeRole(api(), { name: aText(), key: `r${aText()}`, permissions: [NOTE_PERMISSION] });
    const { key } = (await api().get(`/roles/${id}`)).body.data;
    await api().post(`/users/${member.id}/roles`, { role: key });
    await eventually(async () => expect(await verdicts()).toEqual(all('done')));
    await api().delete(`/roles/${id}/permissions/${NOTE_PERMISSION}`);
    await eventually(async () => expect(await verdicts()).toEqual(all('PERMISSION_DENIED')));
    await api().post(`/roles/${id}/permissions`, { permission: NOTE_PERMISSION });
    await eventually(async () => expect(await verdicts()).toEqual(all('done')));
    await api().delete(`/users/${member.id}/roles/${id}`);
    await eventually(async () => expect(await verdicts()).toEqual(all('PERMISSION_DENIED')));
    await api().put(`/users/${member.id}/status`, { status: 'banned' });
    await eventually(async () => expect(await verdicts()).toEqual(all('NOT_FOUND')));
    await api().delete(`/users/${member.id}`);
    expect(await verdicts()).toEqual(all('NOT_FOUND'));
  });

  it('explains the refusal on sockets as it does over HTTP', async () => {
    const { body } = await platform.api.as(member.accessToken, workspaceId).post('/notes', { text: aText() });
    const { error } = await socket.send('note:add', { workspaceId, text: aText() });
    const explanation = { permission: NOTE_PERMISSION, reason: 'NOT_GRANTED' };
    expect(error).toMatchObject({ ...explanation, grantableBy: body.grantableBy });
    expect(body).toMatchObject({ ...explanation, grantableBy: expect.arrayContaining(['admin', 'owner']) });
  });

  it('is judged when the job runs, not when it was added', async () => {
    await api().post(`/users/${member.id}/roles`, { role: 'admin' });
    expect(await addJob(aText())).toBe('done');
    const unitOfWork = platform.service<SequelizeUnitOfWork>('unitOfWork');
    const remove = { name: 'note.remove-member', text: 'DELETE FROM members WHERE workspace_id = $1 AND user_id = $2' };
    const outcome = await addJob(aText(), async () => {
      await unitOfWork.execute(remove, [workspaceId, member.id]);
    });
    expect(outcome).toBe('NOT_FOUND');
  });

  it('is not done by a job for an account that is banned', async () => {
    await api().post(`/users/${member.id}/roles`, { role: 'admin' });
    expect(await addJob(aText())).toBe('done');
    await platform.query(`UPDATE users SET status = 'banned' WHERE id = $1`, [member.id]);
    expect(await addJob(aText())).toBe('NOT_FOUND');
  });
});
