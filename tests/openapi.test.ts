import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SeenAnswer } from './support/ApiClient';
import { dataFolder } from './support/dataFolder';
import { DescribedAnswers } from './support/DescribedAnswers';
import { fullWorkspace } from './support/fullWorkspace';
import { lintDescription } from './support/lintDescription';
import { makeWorkspace, PASSWORD, signUp } from './support/people';
import { makeTask } from './support/tasks';
import { TestPlatform } from './support/testPlatform';

describe('The OpenAPI document of the running platform', () => {
  let platform: TestPlatform;
  let described: DescribedAnswers;
  const seen: SeenAnswer[] = [];

  beforeAll(async () => {
    platform = await TestPlatform.start({ onAnswer: (answer) => seen.push(answer) });
    described = await DescribedAnswers.of(platform.address);
  });

  afterAll(() => platform.stop());

  /** The newest answer, with something about it changed. */
  const falsified = (changes: Partial<SeenAnswer>): string[] =>
    described.differences({ ...(seen.at(-1) as SeenAnswer), ...changes });

  it('has nothing that a linter finds wrong', async () => {
    const folder = await dataFolder();
    const file = join(folder.path, 'openapi.json');
    await writeFile(file, await (await fetch(`${platform.address}/openapi.json`)).text());
    const found = await lintDescription(file);
    await folder.remove();
    expect(found).toEqual([]);
  });

  it('tells every answer as it is: in all forms that lists, conditions, repetitions and sign-ins have', async () => {
    const { id: workspaceId, owner } = await fullWorkspace(platform);
    const api = platform.api.as(owner.accessToken, workspaceId);
    const task = await makeTask(api, { dueDate: '2026-11-20' });
    const path = `/tasks/${task.id}`;
    const lists = ['/tasks', '/users', '/roles', '/webhooks', '/audit-logs', '/events', `${path}/history`];
    const queries = ['limit=1', 'page=1&limit=1'];
    for (const list of lists) for (const query of queries) await api.get(`${list}?${query}`);
    for (const whole of ['/permissions', '/auth/sessions', '/users/search?q=ada']) await api.get(whole);
    const { headers } = await api.get(path);
    await api.get(path, { 'If-None-Match': headers.get('etag') ?? '' });
    await api.send('PATCH', path, { title: 'Once' }, { 'If-Match': '"another"' });
    for (const title of ['Draw', 'Draw', 'Paint']) await api.post('/tasks', { title }, { 'Idempotency-Key': 'one' });
    await api.post('/tasks/bulk', { tasks: [{ id: task.id, status: 'done' }] });
    await api.get('/tasks?assigneeId=me&dueBefore=2026-11-21');
    await api.get('/tasks?assigneeId=nobody');
    const { body } = await api.post('/webhooks', { url: 'https://hooks.invalid/', events: ['*'] });
    await api.put(`/webhooks/${body.data.id}`, { enabled: false });
    for (const password of [PASSWORD, 'wrong']) {
      await platform.api.post('/auth/login', { email: owner.email, password, transport: 'cookie' });
    }
    expect([...new Set(seen.map(({ status }) => status))].sort()).toEqual(
      expect.arrayContaining([200, 201, 204, 304, 400, 401, 412, 422]),
    );
    expect([...new Set(seen.flatMap((answer) => described.differences(answer)))]).toEqual([]);
  });

  it('is not held to be true of an answer that differs', async () => {
    const owner = await signUp(platform);
    const api = platform.api.as(owner.accessToken, await makeWorkspace(owner));
    const { headers, body } = await api.get(`/tasks/${(await makeTask(api)).id}`);
    await api.get(`/tasks/${body.data.id}`);
    const without = (name: string) =>
      new Headers([...headers].filter(([each]) => each.toLowerCase() !== name.toLowerCase()));
    const name = 'get /tasks/{id} → 200';
    expect(falsified({})).toEqual([]);
    expect(falsified({ body: { data: { ...body.data, rank: undefined } } })).toEqual([
      `${name}: /data must have required property 'rank'`,
    ]);
    expect(falsified({ body: { data: { ...body.data, status: null } } })).toEqual(
      expect.arrayContaining([`${name}: /data/status must be string`]),
    );
    expect(falsified({ body: { ...body, data: { ...body.data, secret: 1 } } })).toEqual([
      `${name}: /data must NOT have additional properties`,
    ]);
    expect(falsified({ headers: without('etag') })).toEqual([`${name}: ETag is missing`]);
    expect(falsified({ headers: new Headers([...headers, ['Location', '/']]) })).toEqual([
      `${name}: location is not announced`,
    ]);
    expect(falsified({ headers: new Headers([...without('content-type'), ['Content-Type', 'text/html']]) })).toEqual([
      `${name}: is text/html`,
    ]);
    expect(falsified({ status: 202 })).toEqual(['get /tasks/{id} → 202 is not listed']);
    expect(falsified({ path: '/tusks' })).toEqual(['get /tusks → 200 is of no operation']);
  });
});
