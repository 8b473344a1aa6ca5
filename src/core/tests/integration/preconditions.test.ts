import type { ApiAnswer, ApiClient } from '../../../../tests/support/ApiClient';
import { expectProblem } from '../../../../tests/support/expectProblem';
import { login } from '../../../../tests/support/passwords';
import { addMember, makeWorkspace, PASSWORD, type Person, signUp } from '../../../../tests/support/people';
import { makeProject, makeTask } from '../../../../tests/support/tasks';
import { TestPlatform } from '../../../../tests/support/testPlatform';

describe('If-Match', () => {
  let platform: TestPlatform;
  let owner: Person;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
  });

  afterAll(() => platform.stop());

  const tagOf = ({ headers }: ApiAnswer): string => headers.get('etag') ?? '';
  const under = (tag: string) => ({ 'If-Match': tag });

  describe('on a route whose path no GET has', () => {
    it('speaks of what the route says that it changes, whatever its parameters are called there', async () => {
      const workspaceId = await makeWorkspace(owner);
      const member = await addMember(platform, owner, workspaceId);
      const asOwner = platform.api.as(owner.accessToken, workspaceId);
      const remove = (tag: string) =>
        owner.api.delete(`/workspaces/${workspaceId}/members/${member.id}`, undefined, under(tag));
      const [mine, theirs] = [await asOwner.get(`/users/${owner.id}`), await asOwner.get(`/users/${member.id}`)];
      expectProblem(await remove(tagOf(mine)), 412, 'PRECONDITION_FAILED');
      expect((await asOwner.get(`/users/${member.id}`)).status).toBe(200);
      expect((await remove(tagOf(theirs))).status).toBe(204);
      expectProblem(await remove('*'), 404, 'NOT_FOUND');
    });

    it('is met by no tag where nothing can be read, and by * where there is something', async () => {
      const { sessionId } = await anotherSession();
      const end = (tag: string) => owner.api.delete(`/auth/sessions/${sessionId}`, undefined, under(tag));
      expectProblem(await end('"any"'), 412, 'PRECONDITION_FAILED');
      expect((await end('*')).status).toBe(204);
      const unknown = await owner.api.delete(`/auth/sessions/${owner.id}`, undefined, under('*'));
      expectProblem(unknown, 404, 'NOT_FOUND');
    });
  });

  describe('of a task', () => {
    let api: ApiClient;

    beforeAll(async () => {
      api = platform.api.as(owner.accessToken, await makeWorkspace(owner));
    });

    const change = (id: string, tag: string, changes: object) => api.send('PATCH', `/tasks/${id}`, changes, under(tag));
    const addPart = (parentId: string) => api.post('/tasks', { title: 'Part', parentId });

    it('is met while others change what it does not speak of, such as parts of the task', async () => {
      const { id } = await makeTask(api);
      for (let round = 0; round < 10; round += 1) {
        const tag = tagOf(await api.get(`/tasks/${id}`));
        const title = `Round ${round}`;
        const answers = await Promise.all([addPart(id), change(id, tag, { title }), addPart(id), addPart(id)]);
        expect(answers.map(({ status }) => status)).toEqual([201, 200, 201, 201]);
      }
    });

    it('is met by one of two who change it at a time, and the other is told', async () => {
      const { id } = await makeTask(api);
      for (let round = 0; round < 10; round += 1) {
        const tag = tagOf(await api.get(`/tasks/${id}`));
        const titles = [`One ${round}`, `Two ${round}`];
        const answers = await Promise.all(titles.map((title) => change(id, tag, { title })));
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
      }
    });

    it('leaves every other conflict what it is', async () => {
      const { id } = await makeTask(api);
      const project = await makeProject(api);
      await api.send('PATCH', `/projects/${project.id}`, { status: 'archived' });
      const tag = tagOf(await api.get(`/tasks/${id}`));
      const refused = await change(id, tag, { projectId: project.id });
      expectProblem(refused, 409, 'CONFLICT', { errors: [{ field: 'projectId', message: expect.any(String) }] });
    });
  });

  it('takes no trace back of a password that was wrong', async () => {
    const { headers } = await owner.api.get('/users/me');
    const remove = (tag: string) => owner.api.delete('/users/me', { password: 'wrong horse' }, under(tag));
    expectProblem(await remove('"other"'), 412, 'PRECONDITION_FAILED');
    expectProblem(await remove(headers.get('etag') ?? ''), 401, 'INVALID_CREDENTIALS');
    const refused = `SELECT 1 FROM events WHERE type = 'auth.password-refused' AND actor_id = $1`;
    expect(await platform.query(refused, [owner.id])).toHaveLength(1);
  });

  async function anotherSession(): Promise<{ sessionId: string }> {
    const { accessToken } = (await login(platform, owner.email, PASSWORD)).body.data;
    const { body } = await platform.api.as(accessToken).get('/auth/sessions');
    const current = (body.data as { id: string; current: boolean }[]).find((session) => session.current);
    return { sessionId: current?.id ?? '' };
  }
});
