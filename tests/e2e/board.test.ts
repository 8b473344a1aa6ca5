import { randomBytes } from 'node:crypto';
import type { ApiAnswer, ApiClient } from '../support/ApiClient';
import { attach, fetchAttachment } from '../support/attachments';
import { eventually } from '../support/eventually';
import { addMember, makeWorkspace, type Person, signUp } from '../support/people';
import { SocketClient } from '../support/SocketClient';
import { makeProject, makeTask } from '../support/tasks';
import { startTwoNodes, type TwoNodes } from '../support/twoNodes';

interface Card {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly rank: string;
}

/** What somebody sees who has read the tasks once, and has listened since. */
class Board {
  private cards = new Map<string, Card>();

  private heard = 0;

  constructor(
    private readonly socket: SocketClient,
    cards: readonly Card[],
  ) {
    for (const card of cards) this.cards.set(card.id, card);
  }

  /** The titles of a column, from top to bottom. */
  column(status: string): string {
    this.listen();
    const cards = [...this.cards.values()].filter((card) => card.status === status);
    return cards
      .sort((one, other) => (one.rank < other.rank ? -1 : 1))
      .map(({ title }) => title)
      .join(' ');
  }

  get cursor(): string {
    return this.socket.heard.at(-1)?.facts.cursor;
  }

  private listen(): void {
    for (const { name, facts } of this.socket.heard.slice(this.heard)) {
      if (name === 'task:created' || name === 'task:updated') this.cards.set(facts.task.id, facts.task);
      if (name === 'task:deleted') this.cards.delete(facts.taskId);
    }
    this.heard = this.socket.heard.length;
  }
}

describe('Two members at one board, each on a node of their own', () => {
  let nodes: TwoNodes;
  let owner: Person;
  let member: Person;
  let workspaceId: string;
  let ada: ApiClient;
  let charles: ApiClient;

  beforeAll(async () => {
    nodes = await startTwoNodes();
    owner = await signUp(nodes.one);
    workspaceId = await makeWorkspace(owner);
    member = await addMember(nodes.one, owner, workspaceId);
    [ada, charles] = [
      nodes.one.api.as(owner.accessToken, workspaceId),
      nodes.two.api.as(member.accessToken, workspaceId),
    ];
  });

  afterAll(() => nodes.stop());

  const listOf = async (api: ApiClient): Promise<ApiAnswer['body']> => (await api.get('/tasks?limit=100')).body.data;
  const sit = async ({ address }: { address: string }, { accessToken: token }: Person, after?: string) =>
    SocketClient.connect(address, { token, workspaceId, ...(after && { after }) });

  it('see the same, whoever moves what, and also after one of them was away', async () => {
    const [hers, his] = [await sit(nodes.one, owner), await sit(nodes.two, member)];
    const [adas, charless] = [new Board(hers, await listOf(ada)), new Board(his, await listOf(charles))];
    const project = await makeProject(charles, { name: 'Mill' });
    const ids: string[] = [];
    for (const title of ['A', 'B', 'C', 'D', 'E']) ids.push((await makeTask(ada, { title, projectId: project.id })).id);
    await eventually(() => expect([adas.column('todo'), charless.column('todo')]).toEqual(['A B C D E', 'A B C D E']));
    const [a, b, c, d, e] = ids;
    await Promise.all([
      ada.post(`/tasks/${e}/move`, { afterId: a }),
      charles.post(`/tasks/${d}/move`, { afterId: a }),
      ada.put(`/tasks/${c}`, { status: 'done', assigneeId: member.id }),
      charles.post(`/tasks/${b}/move`, { status: 'in_progress' }),
    ]);
    await eventually(() => expect(charless.column('todo')).toMatch(/^A (E D|D E)$/));
    await eventually(() => expect(adas.column('todo')).toBe(charless.column('todo')));
    expect([adas, charless].map((board) => [board.column('in_progress'), board.column('done')])).toEqual([
      ['B', 'C'],
      ['B', 'C'],
    ]);
    await eventually(() => expect(his.told('notification:new')).toHaveLength(1));
    expect(his.told('notification:new')[0].notification.title).toBe('Ada Lovelace has assigned you C');

    his.disconnect();
    const seen = charless.cursor;
    await ada.delete(`/tasks/${a}`);
    await ada.post('/tasks/bulk', { tasks: [b, d, e].map((id) => ({ id, status: 'done' })) });
    const back = await sit(nodes.two, member, seen);
    const again = new Board(back, await listOf(charles));
    await eventually(() => expect(back.told('task:updated')).toHaveLength(3));
    expect(back.told('task:deleted')).toMatchObject([{ taskId: a }]);
    await eventually(() => expect(adas.column('done')).toBe('C B D E'));
    expect([again.column('todo'), again.column('done')]).toEqual([adas.column('todo'), adas.column('done')]);
    expect(again.column('done')).toBe('C B D E');
    back.disconnect();
    hers.disconnect();
  });

  it('hand each other a file, which both hear of, and which is gone for both once it is deleted', async () => {
    const his = await sit(nodes.two, member);
    const { id: taskId } = await makeTask(ada, { title: 'Card 1' });
    const place = { workspaceId, taskId };
    const content = randomBytes(300_000);
    const { status, body } = await attach(nodes.one, owner, place, content, { name: 'cards & cogs.bin' });
    expect(status).toBe(201);
    await ada.post(`/tasks/${taskId}/comments`, { body: 'The drawing is attached.' });
    await eventually(() => expect(his.told('comment:created')).toMatchObject([{ comment: { taskId } }]));
    const heard = () => his.heard.map(({ name }) => name).filter((name) => !name.startsWith('presence:'));
    expect(heard()).toEqual(['task:created', 'file:uploaded', 'comment:created']);
    expect(his.told('file:uploaded')).toMatchObject([{ file: body.data }]);

    const attachments = `/tasks/${taskId}/attachments`;
    expect((await charles.get(attachments)).body.data).toEqual([body.data]);
    const { id } = body.data;
    const download = await fetchAttachment(nodes.two, member, place, id);
    expect(download.status).toBe(200);
    expect(Buffer.from(await download.arrayBuffer()).equals(content)).toBe(true);
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; filename="cards & cogs\.bin"/);
    expect(download.headers.get('x-content-type-options')).toBe('nosniff');

    expect((await charles.delete(`${attachments}/${id}`)).body.permission).toBe('files.delete');
    expect((await ada.delete(`${attachments}/${id}`)).status).toBe(204);
    await eventually(() => expect(his.told('file:deleted')).toMatchObject([{ fileId: id, taskId }]));
    for (const [node, person] of [
      [nodes.one, owner],
      [nodes.two, member],
    ] as const)
      expect((await fetchAttachment(node, person, place, id)).status).toBe(404);
    expect((await charles.get(attachments)).body.data).toEqual([]);
    his.disconnect();
  });
});
