import { Readable } from 'node:stream';
import sharp from 'sharp';
import { FakeClock } from '../../../../../tests/fixtures/FakeClock';
import { filesOnDisk } from '../../../../../tests/support/attachments';
import { expectProblem } from '../../../../../tests/support/expectProblem';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import { keysBelow } from '../../../../../tests/support/keysBelow';
import { PASSWORD, type Person, signUp } from '../../../../../tests/support/people';
import { aPicture } from '../../../../../tests/support/pictures';
import { S3Server } from '../../../../../tests/support/S3Server';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { fetchAvatar, uploadAvatar } from '../../../../../tests/support/upload';
import { ContentSweep } from '../../../../core/application/ContentSweep';
import type { FileStorage } from '../../../../core/application/FileStorage';
import { newId } from '../../../../core/domain/Id';
import { RemoveUnknownPictures } from '../../application/RemoveUnknownPictures';

describe.each(['local', 's3'])('What is on pictures of people, in a storage that is %s', (kind) => {
  let s3: S3Server | null;
  let platform: TestPlatform;
  let ada: Person;

  beforeAll(async () => {
    s3 = kind === 's3' ? await S3Server.start() : null;
    platform = await TestPlatform.start(s3 ? { environment: s3.environment } : {});
  });

  beforeEach(async () => {
    ada = await signUp(platform);
  });

  afterAll(async () => {
    await platform.stop();
    await s3?.stop();
  });

  const storage = (): FileStorage => platform.service<FileStorage>('fileStorage');
  const upload = async (colour?: string) => uploadAvatar(platform, ada, ['file', await aPicture('png', colour)]);
  /** Where pictures of a person lie, once all jobs are done. */
  const keys = async ({ id } = ada): Promise<string[]> => {
    await jobsDone(platform);
    return keysBelow(storage(), `users/${id}`);
  };
  const keyOf = (pictureId: string, userId: string = ada.id): string => `users/${userId}/avatars/${pictureId}`;
  /** The picture, wherever it is handed over, and the headers that it comes with. */
  const download = async (): Promise<{ content: Buffer; headers: Headers }> => {
    const answer = await fetchAvatar(platform, ada, ada.id);
    const location = answer.headers.get('location');
    const final = location === null ? answer : await fetch(location);
    expect([answer.status, final.status]).toEqual([kind === 's3' ? 302 : 200, 200]);
    return { content: Buffer.from(await final.arrayBuffer()), headers: final.headers };
  };
  const colourOf = async (content: Buffer): Promise<string> =>
    (await sharp(content).stats()).dominant.r > 128 ? 'red' : 'blue';

  it('is handed over as it was drawn, of the latest alone, which is alone in the storage', async () => {
    await upload('#c02020');
    const [first, ...others] = await keys();
    expect([first, others]).toEqual([expect.stringMatching(`^${keyOf('[0-9a-f-]{36}')}$`), []]);
    expect(await colourOf((await download()).content)).toBe('red');

    expect((await upload('#2020c0')).status).toBe(200);
    const { content, headers } = await download();
    expect(await sharp(content).metadata()).toMatchObject({ format: 'webp', width: 256, height: 256 });
    expect(await colourOf(content)).toBe('blue');
    expect(headers.get('content-type')).toBe('image/webp');
    expect(headers.get('content-disposition')).toBe('inline; filename="avatar.webp"');
    expect(await keys()).toEqual([expect.not.stringMatching(`^${first}$`)]);
  });

  it('goes with the picture, and with the account', async () => {
    await upload();
    expect((await ada.api.delete('/users/me/avatar')).status).toBe(204);
    expect(await keys()).toEqual([]);
    await upload();
    expect(await keys()).toHaveLength(1);
    expect((await ada.api.delete('/users/me', { password: PASSWORD })).status).toBe(204);
    expect(await keys()).toEqual([]);
  });

  it('is of one of many pictures that somebody uploads at once', async () => {
    const answers = await Promise.all(['#c02020', '#2020c0', '#c02020', '#2020c0'].map(upload));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await keys()).toHaveLength(1);
    await download();
  });

  it('is not kept when the picture is not', async () => {
    await upload();
    const before = await keys();
    await platform.query('ALTER TABLE avatars ADD CONSTRAINT none_more CHECK (false) NOT VALID');
    const failed = await upload();
    await platform.query('ALTER TABLE avatars DROP CONSTRAINT none_more');
    expectProblem(failed, 500, 'INTERNAL_ERROR');
    expect(await keys()).toEqual(before);
    await download();
  });

  it('goes when nobody has the picture, a day later', async () => {
    await upload();
    const [kept = ''] = await keys();
    const [unknown, nobodys] = [keyOf(newId()), keyOf(newId(), newId())];
    const other = `users/${ada.id}/letters/${newId()}`;
    for (const key of [unknown, nobodys, other]) await storage().put(key, Readable.from(['content']));
    const all = [kept, unknown, nobodys, other];

    await platform.service<RemoveUnknownPictures>('removeUnknownPictures').run();
    // They may be of an upload that has just begun.
    expect(await keysBelow(storage(), 'users')).toEqual(expect.arrayContaining(all));

    const tomorrow = new FakeClock(new Date(Date.now() + 25 * 60 * 60 * 1000));
    const contentSweep = new ContentSweep(storage(), tomorrow);
    await new RemoveUnknownPictures(platform.service('avatars'), contentSweep).run();
    const left = await keysBelow(storage(), 'users');
    expect(all.filter((key) => left.includes(key))).toEqual([kept, other]);
    await storage().remove(other);
  });

  if (kind === 's3') {
    it('is handed over by the storage itself, at a URL for a minute', async () => {
      await upload();
      const { status, headers } = await fetchAvatar(platform, ada, ada.id);
      expect([status, headers.get('cache-control')]).toEqual([302, 'no-store']);
      const url = new URL(headers.get('location') ?? '');
      expect([url.origin, url.searchParams.get('X-Amz-Expires')]).toEqual([s3?.settings.endpoint, '60']);
    });

    it('waits for a storage that does not answer, and the picture is none meanwhile', async () => {
      await s3?.pause();
      const answer = await upload();
      await s3?.resume();
      expectProblem(answer, 503, 'SERVICE_UNAVAILABLE', { retryAfter: 2 });
      expect((await ada.api.get('/users/me')).body.data.avatarUrl).toBeNull();
      expect((await upload()).status).toBe(200);
      expect(await keys()).toHaveLength(1);
    });
  } else {
    it('can not be had from a node that does not reach it', async () => {
      await upload();
      const [key = ''] = await keys();
      await storage().remove(key);
      const answer = await fetchAvatar(platform, ada, ada.id);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
    });

    it('is told of without being sent', async () => {
      await upload();
      const { content } = await download();
      const { status, headers } = await fetchAvatar(platform, ada, ada.id, { method: 'HEAD' });
      expect([status, headers.get('content-length')]).toEqual([200, String(content.length)]);
    });

    it('leaves nothing on the disk but itself', async () => {
      const before = await filesOnDisk(platform);
      await upload();
      const [key = ''] = await keys();
      expect((await filesOnDisk(platform)).filter((name) => !before.includes(name))).toEqual([key.split('/').at(-1)]);
    });
  }
});
