import type { ApiAnswer, ApiClient } from '../../../../../tests/support/ApiClient';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, type Person } from '../../../../../tests/support/people';
import { makeLabel, makeProject, makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';

const UNKNOWN = '01900000-0000-7000-8000-000000000000';

describe('A list of tasks', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;

  eachInNewWorkspace((stage) => {
    ({ platform, owner, workspaceId, api } = stage);
  });

  const titlesOf = ({ body }: ApiAnswer): string[] => body.data.map(({ title }: { title: string }) => title);
  const titles = async (query: string): Promise<string[]> => titlesOf(await api.get(`/tasks?${query}`));

  it('is narrowed by each filter, and by several', async () => {
    const member = await addMember(platform, owner, workspaceId);
    const [project, label] = [await makeProject(api), await makeLabel(api)];
    const parent = await makeTask(api, { title: 'plain' });
    await makeTask(api, { title: 'done', status: 'done', priority: 'high' });
    await makeTask(api, { title: 'mine', assigneeId: owner.id, priority: 'high' });
    await makeTask(api, { title: 'theirs', assigneeId: member.id, projectId: project.id });
    await makeTask(api, { title: 'labelled', labelIds: [label.id], projectId: project.id });
    await makeTask(api, { title: 'part', parentId: parent.id });
    await makeTask(api, { title: 'early', dueDate: '2026-06-01T12:00:00Z' });
    await makeTask(api, { title: 'late', dueDate: '2026-07-01T12:00:00Z' });
    const stranger = await makeWorkspace(owner);
    await makeTask(platform.api.as(owner.accessToken, stranger), { title: 'elsewhere', assigneeId: owner.id });

    expect(await titles('status=done')).toEqual(['done']);
    expect(await titles('priority=high')).toEqual(['done', 'mine']);
    expect(await titles('priority=high&status=todo')).toEqual(['mine']);
    expect(await titles('assigneeId=me')).toEqual(['mine']);
    expect(await titles(`assigneeId=${member.id}`)).toEqual(['theirs']);
    expect(await titles(`projectId=${project.id}`)).toEqual(['theirs', 'labelled']);
    expect(await titles(`projectId=${project.id}&labelId=${label.id}`)).toEqual(['labelled']);
    expect(await titles(`parentId=${parent.id}`)).toEqual(['part']);
    expect(await titles('dueBefore=2026-06-02')).toEqual(['early']);
    expect(await titles('dueAfter=2026-06-01T12:00:00Z')).toEqual(['late']);
    expect(await titles('dueAfter=2026-05-01&dueBefore=2026-08-01')).toEqual(['early', 'late']);
    expect(await titles(`projectId=${UNKNOWN}`)).toEqual([]);
  });

  it('is told from that of another workspace, whatever its filters name', async () => {
    const other = platform.api.as(owner.accessToken, await makeWorkspace(owner));
    const [project, label] = [await makeProject(other), await makeLabel(other)];
    const theirs = await makeTask(other, { projectId: project.id, labelIds: [label.id], title: 'secret' });
    await makeTask(other, { parentId: theirs.id });
    for (const filter of [`projectId=${project.id}`, `labelId=${label.id}`, `parentId=${theirs.id}`, 'q=secret']) {
      const { status, body } = await api.get(`/tasks?${filter}&page=1`);
      expect([status, body.data, body.meta.total]).toEqual([200, [], 0]);
    }
  });

  it.each(['createdAt', 'updatedAt', 'dueDate', 'priority', 'rank', 'relevance'])(
    'by %s is the same up and down, in pages and by cursor',
    async (sort) => {
      const dues = ['2026-06-01', null, '2026-05-01', '2026-06-01', null];
      const priorities = ['low', 'urgent', 'medium', 'urgent', 'high'];
      for (const [at, priority] of priorities.entries()) {
        await makeTask(api, { title: `mill ${at} ${'mill '.repeat(at % 3)}`, dueDate: dues[at], priority });
      }
      const base = `status=todo&limit=2${sort === 'relevance' ? '&q=mill' : ''}`;
      const read = async (order: string): Promise<string[]> => {
        const found: string[] = [];
        let cursor = '';
        do {
          const answer = await api.get(`/tasks?${base}&sort=${order}${cursor}`);
          found.push(...titlesOf(answer));
          cursor = answer.body.meta.nextCursor && `&cursor=${answer.body.meta.nextCursor}`;
        } while (cursor);
        return found;
      };
      const [up, down] = [await read(sort), await read(`-${sort}`)];
      expect(new Set(up).size).toBe(5);
      expect([...down].reverse()).toEqual(up);
      const page = await api.get(`/tasks?${base}&sort=${sort}&page=2`);
      expect(titlesOf(page)).toEqual(up.slice(2, 4));
      expect(page.body.meta).toEqual({ page: 2, limit: 2, total: 5, totalPages: 3 });
      if (sort === 'dueDate') expect(up[0]).toMatch(/^mill 2/);
      if (sort === 'priority') expect(up.map((title) => title[5])).toEqual(['0', '2', '4', '1', '3']);
    },
  );

  it('takes an order only where it means anything', async () => {
    expectInvalid(await api.get('/tasks?sort=relevance'), 'sort');
    expectInvalid(await api.get('/tasks?sort=-rank'), 'sort');
    expectInvalid(await api.get('/tasks?sort=title'), 'sort');
    expect((await api.get('/tasks?sort=rank&status=done')).status).toBe(200);
  });

  it.each([
    ['limit=1e9', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=NaN', 'limit'],
    ['page=0', 'page'],
    ['status=blocked', 'status'],
    ['assigneeId=you', 'assigneeId'],
    ['projectId=1', 'projectId'],
    ['dueBefore=soon', 'dueBefore'],
    ['dueAfter=2026-02-30', 'dueAfter'],
    ['q=', 'q'],
    ['q=%20', 'q'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['workspaceId=1', 'workspaceId'],
  ])('38: refuses %s', async (query, field) => {
    expectInvalid(await api.get(`/tasks?${query}`), field);
  });

  it('continues for the same filters alone', async () => {
    await makeTask(api, { priority: 'high' });
    await makeTask(api);
    const { nextCursor } = (await api.get('/tasks?limit=1&q=mill')).body.meta;
    expect((await api.get(`/tasks?limit=1&q=mill&cursor=${nextCursor}`)).status).toBe(200);
    for (const query of ['q=mills', 'q=mill&status=todo', 'q=mill&sort=createdAt', '']) {
      expectProblem(await api.get(`/tasks?limit=1&${query}&cursor=${nextCursor}`), 400, 'INVALID_CURSOR');
    }
  });

  describe('by words', () => {
    it('has what has all of them, wherever they stand, and of the last one the beginning', async () => {
      await makeTask(api, { title: 'Plan the meetings', description: 'with the Analysts' });
      await makeTask(api, { title: 'Meet an analyst' });
      await makeTask(api, { title: 'Write to Babbage' });
      expect(await titles('q=meeting%20analyst&sort=createdAt')).toEqual(['Plan the meetings', 'Meet an analyst']);
      expect(await titles('q=plan%20analyst')).toEqual(['Plan the meetings']);
      expect(await titles('q=MEETI')).toEqual(['Plan the meetings']);
      expect(await titles('q=bab')).toEqual(['Write to Babbage']);
      expect(await titles('q=bab%20write')).toEqual([]);
      expect(await titles('q=write%20bab')).toEqual(['Write to Babbage']);
      expect(await titles('q=the%20analyst&sort=createdAt')).toEqual(['Plan the meetings', 'Meet an analyst']);
    });

    it('has the best first: the title before the description', async () => {
      await makeTask(api, { title: 'One', description: 'of the mill' });
      await makeTask(api, { title: 'The mill' });
      await makeTask(api, { title: 'None' });
      expect(await titles('q=mill')).toEqual(['The mill', 'One']);
      expect(await titles('q=mill&sort=relevance')).toEqual(['One', 'The mill']);
    });

    it.each([`';--`, '!!!', '&|!()<->', `foo' | 'bar`, '\\', 'a:*', '%', 'ſﬁ🙂', '  the  ', "l'an"])(
      'takes %s for nothing but words',
      async (q) => {
        await makeTask(api);
        const { status, body } = await api.get(`/tasks?q=${encodeURIComponent(q)}`);
        expect(status).toBe(200);
        if (!/the/.test(q)) expect(body.data).toEqual([]);
      },
    );

    it('knows what has changed, and forgets what is gone', async () => {
      const { id } = await makeTask(api, { title: 'First', description: 'second' });
      await api.put(`/tasks/${id}`, { title: 'Third' });
      expect([await titles('q=first'), await titles('q=third'), await titles('q=second')]).toEqual([
        [],
        ['Third'],
        ['Third'],
      ]);
      const words = await platform.query<{ word: string }>(
        'SELECT word FROM task_words WHERE task_id = $1 ORDER BY word',
        [id],
      );
      expect(words.map(({ word }) => word)).toEqual(['second', 'third']);
    });

    it('knows the language of the workspace, also once that is another one', async () => {
      const [task] = [await makeTask(api, { title: 'Die Mühlen zeichnen' })];
      expect(await titles('q=M%C3%BChle%20die')).toEqual([]);
      const settings = await api.put(`/workspaces/${workspaceId}`, { settings: { locale: 'de-AT' } });
      expect(settings.status).toBe(200);
      await jobsDone(platform);
      expect(await titles('q=M%C3%BChle%20die')).toEqual([task.title]);
      await makeTask(api, { title: 'Eine Mühle' });
      expect(await titles('q=M%C3%BChlen&sort=createdAt')).toEqual([task.title, 'Eine Mühle']);
    });

    /** Copies a task so many times. @param title in SQL, of `n` */
    const copy = (id: string, times: number, title: string) =>
      platform.query(
        `INSERT INTO tasks (workspace_id, id, title, status, priority, rank, created_by, created_at, updated_at, version, language)
         SELECT workspace_id, gen_random_uuid(), ${title}, 'todo', 'low', lpad(n::text, 7, '0') || '1', created_by,
           created_at - n * interval '1 minute', updated_at, 1, 'english'
         FROM tasks, generate_series(1, ${times}) AS n WHERE id = $1`,
        [id],
      );
    const counted = async (query: string): Promise<number> => (await api.get(`/tasks?${query}`)).body.meta.total;

    it('is as complete of a word that very many tasks have', async () => {
      await copy((await makeTask(api, { title: 'Common' })).id, 2_500, "'common ' || n");
      expect(await counted('q=common&page=1&sort=createdAt')).toBe(2_501);
      expect(await counted('q=common&page=1')).toBe(2_501);
      expect(await counted('q=common%2017&page=1')).toBe(111);
      expect(await titles('q=common&sort=createdAt&limit=1')).toEqual(['common 2500']);
    });

    it('is complete of a beginning that several words of each task have', async () => {
      const many = `format('cogz%s cogy%s cogx%s cogw%s cogv%s cogu%s', n, n, n, n, n, n)`;
      const { id } = await makeTask(api, { title: 'Cogent' });
      await copy(id, 600, many);
      expect(await counted('q=cog&page=1')).toBe(601);
      await copy(id, 1_200, many);
      expect(await counted('q=cog&page=1&sort=createdAt')).toBe(1_801);
    });
  });
});
