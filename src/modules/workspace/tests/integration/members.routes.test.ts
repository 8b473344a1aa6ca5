import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';

describe('GET /workspaces/:id/members', () => {
  let platform: TestPlatform;
  let owner: Person;
  let stranger: Person;
  let workspaceId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform, { name: 'Owner' });
    stranger = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
    for (const name of ['Barbara', 'Ada', 'Grace']) {
      await addMember(platform, owner, workspaceId, { name, role: 'viewer' });
    }
  });

  afterAll(() => platform.stop());

  const list = (query = '', by = owner, id = workspaceId): Promise<ApiAnswer> =>
    by.api.get(`/workspaces/${id}/members${query}`);
  const namesOf = ({ body }: ApiAnswer): string[] => body.data.map(({ name }: Person) => name);

  it('answers what GET /users answers in the workspace, whatever header is sent', async () => {
    const foreign = await makeWorkspace(stranger);
    for (const query of ['', '?sort=name', '?role=viewer&sort=-email', '?status=banned', '?page=1&limit=2']) {
      const here = await owner.api.get(`/workspaces/${workspaceId}/members${query}`, { 'X-Workspace-Id': foreign });
      const there = await platform.api.as(owner.accessToken, workspaceId).get(`/users${query}`);
      expect([here.status, here.body]).toEqual([200, there.body]);
    }
    expect(namesOf(await list())).toEqual(['Owner', 'Barbara', 'Ada', 'Grace']);
  });

  it.each(['joinedAt', '-name', 'email'])('visits everybody once by cursor, sorted by %s', async (sort) => {
    const whole = namesOf(await list(`?sort=${sort}`));
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer = await list(`?sort=${sort}&limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...namesOf(answer));
      cursor = answer.body.meta.nextCursor;
    }
    expect(seen).toEqual(whole);
  });

  it('finds the few and the many who have a role among thousands', async () => {
    const id = await makeWorkspace(owner);
    await platform.query(
      `WITH people AS (
         INSERT INTO users (id, email, name, timezone, locale, status, created_at, updated_at, version)
         SELECT gen_random_uuid(), $1 || n || '@example.com', 'Crowd ' || n, 'UTC', 'en', 'active', now(), now(), 1
         FROM generate_series(1, 2500) AS n RETURNING id
       ), joined AS (
         INSERT INTO members (workspace_id, user_id, status, joined_at, version)
         SELECT $2::uuid, id, 'active', now(), 1 FROM people RETURNING user_id
       )
       INSERT INTO member_roles SELECT $2, user_id, roles.id FROM joined, roles
       WHERE roles.workspace_id = $2 AND roles.key = 'viewer'`,
      [newId<string>(), id],
    );
    expect(namesOf(await list('?role=owner', owner, id))).toEqual(['Owner']);
    expect(namesOf(await list('?role=admin', owner, id))).toEqual([]);
    const many = await list('?role=viewer&page=25&limit=100&sort=name', owner, id);
    expect(many.body.meta).toEqual({ page: 25, limit: 100, total: 2500, totalPages: 25 });
    expect(new Set(namesOf(many)).size).toBe(100);
  });

  it('takes no cursor of another workspace', async () => {
    const other = await makeWorkspace(owner);
    const { nextCursor } = (await list('?limit=1')).body.meta;
    expectProblem(await list(`?limit=1&cursor=${nextCursor}`, owner, other), 400, 'INVALID_CURSOR');
  });

  it('is for members with the permission, and the same for a foreign workspace and for none', async () => {
    const foreign = await list('', stranger);
    expectProblem(foreign, 404, 'NOT_FOUND');
    expect(withoutRequest(await list('', stranger, newId()))).toEqual(withoutRequest(foreign));
    expectProblem(await platform.api.get(`/workspaces/${workspaceId}/members`), 401, 'UNAUTHENTICATED');
    expectInvalid(await list('?sort=age&role='), 'sort', 'role');
    await platform.query(
      `INSERT INTO roles (id, workspace_id, key, name, system, created_at) VALUES ($1, $2, 'none', 'None', false, now())`,
      [newId(), workspaceId],
    );
    const blind = await addMember(platform, owner, workspaceId, { role: 'none', name: 'Zed' });
    expectProblem(await list('', blind), 403, 'PERMISSION_DENIED', { permission: 'users.read' });
  });
});
