import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { logSettled } from '../../../../../tests/support/logSettled';
import { makeWorkspace, signUp } from '../../../../../tests/support/people';
import { makeTask } from '../../../../../tests/support/tasks';
import { startTwoNodes, type TwoNodes } from '../../../../../tests/support/twoNodes';

const ROUNDS = 20;

describe('Lists and counts of tasks, which two nodes keep', () => {
  let nodes: TwoNodes;
  let workspaceId: string;
  let one: ApiClient;
  let two: ApiClient;

  beforeAll(async () => {
    nodes = await startTwoNodes();
    const owner = await signUp(nodes.one);
    workspaceId = await makeWorkspace(owner);
    one = nodes.one.api.as(owner.accessToken, workspaceId);
    two = nodes.two.api.as(owner.accessToken, workspaceId);
  });

  afterAll(() => nodes.stop());

  /** How often a node has answered out of its cache. */
  const hits = async (): Promise<number> => {
    const text = await (await fetch(`${nodes.two.address}/metrics`)).text();
    const lines = text.split('\n').filter((line) => /^atrium_cache_requests_total\{.*outcome="hit"/.test(line));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  };

  it('are read again after each write, on whichever node that was', async () => {
    const { id } = await makeTask(one, { title: 'Round' });
    const stats = `/workspaces/${workspaceId}/stats`;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const [writer, reader] = round % 2 ? [one, two] : [two, one];
      await Promise.all([reader.get('/tasks?page=1'), reader.get(stats), writer.get('/tasks?page=1')]);
      await writer.send('PATCH', `/tasks/${id}`, { title: `Round ${round}` });
      await makeTask(writer);
      for (const api of [reader, writer]) {
        const { data, meta } = (await api.get('/tasks?page=1')).body;
        expect([data[0].title, meta.total]).toEqual([`Round ${round}`, round + 1]);
        expect((await api.get(stats)).body.data.total).toBe(round + 1);
      }
    }
  });

  it('are what they are, whether they were kept or not', async () => {
    await makeTask(one, { title: '2026-11-20T10:00:00.000Z', status: 'done', dueDate: '2026-12-24' });
    await logSettled(nodes.one);
    for (const path of ['/tasks?sort=-createdAt', '/tasks?page=1&status=done', `/workspaces/${workspaceId}/stats`]) {
      const before = await hits();
      const [first, second] = [await two.get(path), await two.get(path)];
      expect(second.body).toEqual(first.body);
      expect([first.status, await hits()]).toEqual([200, before + 1]);
    }
  });

  it('are not those of another question', async () => {
    const paths = [
      '/tasks?status=todo',
      '/tasks?status=done',
      '/tasks?status=todo&limit=1',
      '/tasks?status=todo&page=2',
    ];
    const answers = [];
    for (const path of [...paths, ...paths]) answers.push(JSON.stringify((await two.get(path)).body));
    expect(answers.slice(paths.length)).toEqual(answers.slice(0, paths.length));
    expect(new Set(answers).size).toBe(paths.length);
  });
});
