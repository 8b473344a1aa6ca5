import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { databaseSnapshot } from '../../../../../tests/support/databaseSnapshot';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { accept, invitationToken, invite } from '../../../../../tests/support/invitations';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { aPicture, noise } from '../../../../../tests/support/pictures';
import { aPlatformAdmin } from '../../../../../tests/support/platformAdmin';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { fetchAvatar, type Part, uploadAvatar } from '../../../../../tests/support/upload';
import { newId } from '../../../../core/domain/Id';

const MAX_BYTES = 2 * 1024 * 1024;

describe('Pictures of people', () => {
  let platform: TestPlatform;
  let ada: Person;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  beforeEach(async () => {
    ada = await signUp(platform);
  });

  afterAll(() => platform.stop());

  const upload = (...parts: readonly Part[]): Promise<ApiAnswer> => uploadAvatar(platform, ada, ...parts);

  const statusFor = async (viewer: Person, headers: Readonly<Record<string, string>> = {}): Promise<number> =>
    (await fetchAvatar(platform, viewer, ada.id, { headers })).status;

  it('are uploaded, shown where the account says, and taken away', async () => {
    const avatarUrl = `/api/v1/users/${ada.id}/avatar`;
    const { status, body } = await upload(['file', await aPicture('jpeg')]);
    expect([status, body.data]).toEqual([200, expect.objectContaining({ id: ada.id, avatarUrl })]);
    expect((await ada.api.get('/users/me')).body.data).toEqual(body.data);
    const picture = await fetch(`${platform.address}${avatarUrl}`, {
      headers: { Authorization: `Bearer ${ada.accessToken}` },
    });
    expect(picture.status).toBe(200);
    const bytes = Buffer.from(await picture.arrayBuffer());
    expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
    expect(picture.headers.get('content-length')).toBe(String(bytes.length));

    expect((await ada.api.delete('/users/me/avatar')).status).toBe(204);
    expect((await ada.api.delete('/users/me/avatar')).status).toBe(204);
    expect((await ada.api.get('/users/me')).body.data.avatarUrl).toBeNull();
    expect(await statusFor(ada)).toBe(404);
    const events = await platform.query(
      `SELECT facts FROM events WHERE actor_id = $1 AND type = 'user.profile-changed'`,
      [ada.id],
    );
    const changed = { facts: { userId: ada.id, changed: ['avatar'] } };
    expect(events).toEqual([changed, changed]);
  });

  it('are served so that a browser takes them for nothing but pictures, and asks again', async () => {
    await upload(['file', await aPicture()]);
    const { headers } = await fetchAvatar(platform, ada, ada.id);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/webp',
      'content-disposition': 'inline; filename="avatar.webp"',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
    const tag = headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[0-9a-f]{64}"$/);
    expect(await statusFor(ada, { 'If-None-Match': tag })).toBe(304);
    await upload(['file', await aPicture('png', '#2040c0')]);
    expect(await statusFor(ada, { 'If-None-Match': tag })).toBe(200);
  });

  it('are changed only as they are known, where a condition says so', async () => {
    const remove = (tag: string) => ada.api.delete('/users/me/avatar', undefined, { 'If-Match': tag });
    await upload(['file', await aPicture()]);
    expectProblem(await remove('"other"'), 412, 'PRECONDITION_FAILED');
    expect(await statusFor(ada)).toBe(200);
    const { headers } = await ada.api.get('/users/me');
    expect((await remove(headers.get('etag') ?? '')).status).toBe(204);
    expect(await statusFor(ada)).toBe(404);
  });

  describe('are shown', () => {
    let owner: Person;
    let workspaceId: string;

    beforeEach(async () => {
      owner = await signUp(platform);
      workspaceId = await makeWorkspace(owner);
      ada = await addMember(platform, owner, workspaceId);
      await upload(['file', await aPicture()]);
    });

    it('to members of a common workspace, and to nobody else', async () => {
      const stranger = await signUp(platform);
      await makeWorkspace(stranger);
      expect(await statusFor(owner)).toBe(200);
      const hidden = await stranger.api.get(`/users/${ada.id}/avatar`);
      expectProblem(hidden, 404, 'NOT_FOUND');
      const none = await stranger.api.get(`/users/${newId()}/avatar`);
      expect(withoutRequest(none)).toEqual(withoutRequest(hidden));
      expectProblem(await owner.api.get(`/users/${owner.id}/avatar`), 404, 'NOT_FOUND');
      expectProblem(await platform.api.get(`/users/${ada.id}/avatar`), 401, 'UNAUTHENTICATED');
      expectInvalid(await ada.api.get('/users/x/avatar'), 'id');
    });

    it('to members only as long as they are, and not to suspended ones', async () => {
      const viewer = await addMember(platform, owner, workspaceId, { role: 'viewer' });
      expect(await statusFor(viewer)).toBe(200);
      const suspend = (status: string) =>
        owner.api.put(`/users/${viewer.id}/status`, { status }, { 'X-Workspace-Id': workspaceId });
      await suspend('inactive');
      expect(await statusFor(viewer)).toBe(404);
      await suspend('active');
      expect(await statusFor(viewer)).toBe(200);
      await owner.api.delete(`/workspaces/${workspaceId}/members/${ada.id}`);
      expect(await statusFor(viewer)).toBe(404);
      expect(await statusFor(ada)).toBe(200);
    });

    it('in no workspace that is deleted, or suspended by the platform, but in any other', async () => {
      const admin = await aPlatformAdmin(platform);
      const viewer = await addMember(platform, owner, workspaceId, { role: 'viewer' });
      const other = await makeWorkspace(owner);
      for (const status of ['suspended', 'active']) {
        await admin.api.put(`/admin/workspaces/${workspaceId}/status`, { status });
        expect(await statusFor(viewer)).toBe(status === 'active' ? 200 : 404);
      }
      await owner.api.delete(`/workspaces/${workspaceId}`);
      for (const person of [viewer, owner]) expect(await statusFor(person)).toBe(404);
      expect(await statusFor(ada)).toBe(200);

      await invite(owner, other, ada.email);
      await accept(ada, other, await invitationToken(platform, ada.email, 2));
      expect([await statusFor(owner), await statusFor(viewer)]).toEqual([200, 404]);
      await owner.api.post(`/workspaces/${workspaceId}/restore`);
      expect(await statusFor(viewer)).toBe(200);
    });

    it('under the same address in lists of members', async () => {
      const { body } = await owner.api.get(`/users/${ada.id}`, { 'X-Workspace-Id': workspaceId });
      expect(body.data.avatarUrl).toBe(`/api/v1/users/${ada.id}/avatar`);
    });
  });

  describe('are refused', () => {
    const refused = async (attempt: () => Promise<ApiAnswer>, expectation: (answer: ApiAnswer) => void) => {
      await upload(['file', await aPicture()]);
      const before = await databaseSnapshot(platform);
      expectation(await attempt());
      expect(await databaseSnapshot(platform)).toEqual(before);
    };

    it('over 2 MiB', async () => {
      const tooLarge = Buffer.alloc(MAX_BYTES + 1);
      await refused(
        () => upload(['file', tooLarge]),
        (answer) => expectProblem(answer, 413, 'PAYLOAD_TOO_LARGE'),
      );
      await refused(
        () => upload(['file', Buffer.alloc(3 * MAX_BYTES)]),
        (answer) => expectProblem(answer, 413, 'PAYLOAD_TOO_LARGE'),
      );
    });

    it('but not just below', async () => {
      const picture = await noise(830, 830);
      const padded = Buffer.concat([picture, Buffer.alloc(MAX_BYTES - picture.length)]);
      expect((await upload(['file', padded])).status).toBe(200);
    });

    it.each<[string, readonly Part[], string]>([
      ['without a file', [], 'file'],
      ['under another name', [['picture', Buffer.from('x')]], 'picture'],
      [
        'twice',
        [
          ['file', Buffer.from('x')],
          ['file', Buffer.from('y')],
        ],
        'body',
      ],
      [
        'with another field',
        [
          ['userId', 'x'],
          ['file', Buffer.from('y')],
        ],
        'body',
      ],
      ['as text', [['file', 'x']], 'body'],
    ])('%s', async (_what, parts, field) => {
      await refused(
        () => upload(...parts),
        (answer) => expectInvalid(answer, field),
      );
    });

    it('as anything but multipart', async () => {
      await refused(
        () => ada.api.put('/users/me/avatar', { file: 'x' }),
        (answer) => expectProblem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE'),
      );
      await refused(
        () => ada.api.put('/users/me/avatar'),
        (answer) => expectProblem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE'),
      );
      await refused(
        () => ada.api.put('/users/me/avatar', 'no boundary', { 'Content-Type': 'multipart/form-data' }),
        (answer) => expectInvalid(answer, 'body'),
      );
    });

    it('to somebody who is not signed in', async () => {
      const answer = await uploadAvatar(platform, { accessToken: 'x' }, ['file', await aPicture()]);
      expectProblem(answer, 401, 'UNAUTHENTICATED');
    });
  });
});
