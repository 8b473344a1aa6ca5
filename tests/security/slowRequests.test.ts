import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Place } from '../support/attachments';
import { beginUpload, endUpload } from '../support/beginUpload';
import { eventually } from '../support/eventually';
import { addMember, makeWorkspace, type Person, signUp } from '../support/people';
import { makeTask } from '../support/tasks';
import { TestPlatform } from '../support/testPlatform';

describe('Somebody who begins a request while they may make it', () => {
  let platform: TestPlatform;
  let owner: Person;
  let member: Person;
  let place: Place;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
  });

  beforeEach(async () => {
    const workspaceId = await makeWorkspace(owner);
    member = await addMember(platform, owner, workspaceId);
    place = { workspaceId, taskId: (await makeTask(platform.api.as(owner.accessToken, workspaceId))).id };
  });

  afterEach(() => jest.restoreAllMocks());

  afterAll(() => platform.stop());

  const files = () => platform.query('SELECT status FROM files WHERE workspace_id = $1', [place.workspaceId]);
  const members = () => `/workspaces/${place.workspaceId}/members/${member.id}`;

  /** What comes of an upload that was let in, `meanwhile`, and a second and more, before its end. */
  async function upload(meanwhile: () => Promise<unknown>): Promise<unknown> {
    const begun = beginUpload(platform, member, place);
    const answered = once(begun, 'response');
    await eventually(async () => expect(await files()).toEqual([{ status: 'uploading' }]));
    await meanwhile();
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + 1_001);
    endUpload(begun);
    const [answer] = (await answered) as [IncomingMessage];
    return [answer.statusCode, ((await json(answer)) as { code?: string }).code];
  }

  it('is let through as long as they may', async () => {
    expect(await upload(async () => {})).toEqual([201, undefined]);
    expect(await files()).toEqual([{ status: 'ready' }]);
  });

  it.each<[string, () => Promise<unknown>, unknown]>([
    ['was removed', () => owner.api.delete(members()), [404, 'NOT_FOUND']],
    ['was demoted', () => owner.api.put(`${members()}/roles`, { roles: ['viewer'] }), [403, 'PERMISSION_DENIED']],
    ['signed out everywhere', () => member.api.post('/auth/logout-all'), [401, 'SESSION_REVOKED']],
    ['lost the workspace', () => owner.api.delete(`/workspaces/${place.workspaceId}`), [404, 'NOT_FOUND']],
  ])('is refused at its end once they %s, and nothing is left', async (_what, meanwhile, refusal) => {
    expect(await upload(meanwhile)).toEqual(refusal);
    expect(await files()).toEqual([]);
  });
});
