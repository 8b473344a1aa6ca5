import type { ApiAnswer, ApiClient } from '../../../../../tests/support/ApiClient';
import type { Person } from '../../../../../tests/support/people';
import { makeLabel, makeProject, makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';

describe('A search for tasks', () => {
  let platform: TestPlatform;
  let owner: Person;
  let api: ApiClient;

  eachInNewWorkspace((stage) => {
    ({ platform, owner, api } = stage);
  });

  const search = (q: string, rest = ''): Promise<ApiAnswer> => api.get(`/tasks?q=${encodeURIComponent(q)}${rest}`);
  const titlesOf = ({ body }: ApiAnswer): string[] => body.data.map(({ title }: { title: string }) => title);
  const titles = async (q: string, rest = ''): Promise<string[]> => titlesOf(await search(q, rest));
  const total = async (q: string, rest = ''): Promise<number> => (await search(q, `${rest}&page=1`)).body.meta.total;

  describe('for what has punctuation in it', () => {
    it.each([
      ['Fix ABC-123 now', ['ABC-123', 'ABC-1', 'abc-', 'abc 123', '123', '(ABC-123)', 'fix abc-123']],
      ['Send report.pdf', ['report.pdf', 'report.p', 'report.', 'pdf', 'PDF report', '"report.pdf"']],
      ['Ask bob@example.com', ['bob@example.com', 'bob@ex', 'bob', 'example', '@example.com']],
      ['Release 1.2.3', ['1.2.3', '1.2', '1.2.']],
      ['Test v2.0 soon', ['v2.0', 'v2', 'v2.0 soon']],
      ['Pay 3.14 euros', ['3.14', '3.1', '3.14 euro']],
      ['Upgrade node.js', ['node.js', 'node', 'node.', 'js']],
      ['Read up on TCP/IP', ['TCP/IP', 'tcp', 'TCP/', 'tcp-ip']],
      ['Choose and/or', ['and/or', 'choose and/or']],
      ['Renew example.org', ['example.org', 'example', 'org']],
      ['Open src/core/app.ts', ['src/core/app.ts', 'src/core', 'app.ts', 'core/a', './src/core/app.ts']],
      ['See https://example.com/a/b?c=d&e=%20f#g', ['https://example.com/a/b?c=d&e=%20f#g', 'example.com/a/b', 'http']],
      ['Co-operate on user_name', ['co-operate', 'co-operating on', 'user_name', 'user_']],
      ['Keep <b>bold</b> -42 degrees', ['<b>bold</b>', 'bold', '-42', '42']],
      ['Lies über «Häuser» – bald…', ['«Häuser»', 'Häuser – bald', 'häu']],
      ['हिन्दी नम्बर', ['हिन्दी', 'नम्बर', 'नम्', 'हिन्दी नम्बर']],
    ])('finds %s', async (title, texts) => {
      await makeTask(api, { title: 'Another one' });
      await makeTask(api, { title, description: 'Whatever.' });
      const missed: string[] = [];
      for (const text of texts) if (!(await titles(text)).includes(title)) missed.push(text);
      expect(missed).toEqual([]);
    });

    it('finds it in a description, and nothing that lacks a part of it', async () => {
      await makeTask(api, { title: 'One', description: 'As in\nreport.pdf, page 3' });
      await makeTask(api, { title: 'Two', description: 'report.doc' });
      await makeTask(api, { title: 'Three', description: 'pdf' });
      expect(await titles('report.pdf')).toEqual(['One']);
      expect(await titles('report.', '&sort=createdAt')).toEqual(['One', 'Two']);
    });

    it('has first where the parts stand together', async () => {
      await makeTask(api, { title: 'Step 3 of 2, then back to 1' });
      await makeTask(api, { title: 'Release 1.2.3 today' });
      await makeTask(api, { title: 'Chapter 3: why 1 or 2 are enough' });
      expect((await titles('1.2.3'))[0]).toBe('Release 1.2.3 today');
    });
  });

  describe('for a word that very many tasks have', () => {
    /** Copies a task so many times, each one newer. */
    const copy = (id: string, times: number): Promise<unknown> =>
      platform.query(
        `INSERT INTO tasks (workspace_id, id, title, status, priority, rank, created_by, created_at, updated_at, version, language)
         SELECT workspace_id, gen_random_uuid(), 'weekly report ' || n, 'todo', 'low', lpad(n::text, 7, '0') || '1', created_by,
           created_at + n * interval '1 millisecond', updated_at, 1, 'english'
         FROM tasks, generate_series(1, ${times}) AS n WHERE id = $1`,
        [id],
      );

    it('finds the few that pass a filter, the best first, however old they are', async () => {
      const [project, label] = [await makeProject(api), await makeLabel(api)];
      const old = { projectId: project.id, status: 'done', assigneeId: owner.id, labelIds: [label.id] };
      await makeTask(api, { ...old, title: 'Quarterly', description: 'report' });
      await makeTask(api, { ...old, title: 'Quarterly report' });
      await copy((await makeTask(api, { title: 'weekly report' })).id, 2_050);
      const best = ['Quarterly report', 'Quarterly'];
      for (const filter of [`projectId=${project.id}`, 'status=done', 'assigneeId=me', `labelId=${label.id}`]) {
        expect([filter, await titles('report', `&${filter}`)]).toEqual([filter, best]);
        expect([filter, await titles('report', `&${filter}&sort=relevance`)]).toEqual([filter, [...best].reverse()]);
        expect([filter, await total('report', `&${filter}`)]).toEqual([filter, 2]);
        expect([filter, await total('rep', `&${filter}&sort=dueDate`)]).toEqual([filter, 2]);
      }
      expect(await titles('report', `&projectId=${project.id}&status=todo`)).toEqual([]);
      expect(await titles('quarterly report')).toEqual(best);
    });

    it.each(['-relevance', 'relevance', 'createdAt'])('by %s counts and lists each of them once', async (sort) => {
      await copy((await makeTask(api, { title: 'weekly report' })).id, 2_050);
      expect(await total('report', `&sort=${sort}`)).toBe(2_051);
      expect(await titles('report', `&sort=${sort}&limit=100&page=21`)).toHaveLength(51);
      const found: string[] = [];
      let cursor = '';
      do {
        const answer = await search('report', `&sort=${sort}&limit=100${cursor}`);
        found.push(...titlesOf(answer));
        cursor = answer.body.meta.nextCursor && `&cursor=${answer.body.meta.nextCursor}`;
      } while (cursor);
      expect([found.length, new Set(found).size]).toEqual([2_051, 2_051]);
      expect(found[0]).toBe(sort === '-relevance' ? 'weekly report 2050' : 'weekly report');
    });

    it.each([
      ['more than are ranked', 2_000],
      ['few enough to be ranked', 2_001],
    ])('goes on in the order that it began in when they become %s', async (_what, before) => {
      const { id } = await makeTask(api, { title: 'weekly report' });
      await copy(id, before - 1);
      const { body } = await search('report', '&limit=2');
      const cursor = `&limit=2&cursor=${body.meta.nextCursor}`;
      const expected = await titles('report', cursor);
      if (before === 2_000) await makeTask(api, { title: 'report' });
      else await platform.query(`DELETE FROM tasks WHERE title LIKE 'weekly report 1__'`);
      expect(await titles('report', cursor)).toEqual(expected);
    });
  });
});
