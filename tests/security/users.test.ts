import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { activeOwners } from '../support/activeOwners';
import type { ApiAnswer } from '../support/ApiClient';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { declaredRoutes, nameOf } from '../support/declaredRoutes';
import { expectInvalid, expectProblem } from '../support/expectProblem';
import { leavesNoTrace } from '../support/leavesNoTrace';
import { addMember, makeWorkspace, PASSWORD, type Person, signUp } from '../support/people';
import { aPicture } from '../support/pictures';
import { makePlatformAdmin } from '../support/platformAdmin';
import { expectEscalation } from '../support/roles';
import type { TestPlatform } from '../support/testPlatform';
import { fetchAvatar, uploadAvatar } from '../support/upload';
import { allInOneWorkspace } from '../support/workspaceStage';

const HTML = '<!doctype html><html><script>alert(document.domain)</script></html>';
const SVG = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
/** As a parser names what it writes to the disk. */
const TEMPORARY = /^[0-9a-f]{32}$/;
const XSS_GIF = `GIF89a/*<svg/onload=alert(1)>*/=0;${HTML}`;

describe('Attacks on the people of a workspace', () => {
  let platform: TestPlatform;
  let owner: Person;
  let admin: Person;
  let member: Person;
  let workspaceId: string;

  allInOneWorkspace(['admin', 'member'], (its) => {
    ({ platform, owner, admin, member, workspaceId } = its);
  });

  beforeAll(() => makePlatformAdmin(platform, owner));

  const as = ({ accessToken }: Person) => platform.api.as(accessToken, workspaceId);

  const temporaryFiles = async () => (await readdir(tmpdir())).filter((name) => TEMPORARY.test(name));

  describe('9: raising oneself, and touching an owner', () => {
    it.each(['active', 'inactive', 'banned'])('an admin makes an owner %s', async (status) => {
      expectEscalation(await leavesNoTrace(platform, () => as(admin).put(`/users/${owner.id}/status`, { status })));
    });

    it('an admin removes an owner', async () => {
      expectEscalation(await leavesNoTrace(platform, () => as(admin).delete(`/users/${owner.id}`)));
    });

    it('an admin lets a banned owner in again, or removes one', async () => {
      const second = await addMember(platform, owner, workspaceId, { role: 'owner' });
      await as(owner).put(`/users/${second.id}/status`, { status: 'banned' });
      expectEscalation(
        await leavesNoTrace(platform, () => as(admin).put(`/users/${second.id}/status`, { status: 'active' })),
      );
      expectEscalation(await leavesNoTrace(platform, () => as(admin).delete(`/users/${second.id}`)));
      expect((await as(owner).delete(`/users/${second.id}`)).status).toBe(204);
    });

    it('somebody changes their own status, in the workspace or on the platform', async () => {
      expectEscalation(
        await leavesNoTrace(platform, () => as(admin).put(`/users/${admin.id}/status`, { status: 'active' })),
      );
      expectEscalation(
        await leavesNoTrace(platform, () => owner.api.put(`/admin/users/${owner.id}/status`, { status: 'active' })),
      );
    });

    it('a suspended member lets themselves in again', async () => {
      await as(owner).put(`/users/${admin.id}/status`, { status: 'inactive' });
      expectProblem(
        await leavesNoTrace(platform, () => as(admin).put(`/users/${admin.id}/status`, { status: 'active' })),
        404,
        'NOT_FOUND',
      );
      await as(owner).put(`/users/${admin.id}/status`, { status: 'active' });
    });

    it('the owner of a workspace does what only a platform admin may', async () => {
      const other = await signUp(platform);
      const theirs = platform.api.as(other.accessToken, await makeWorkspace(other));
      expectProblem(
        await leavesNoTrace(platform, () => theirs.put(`/admin/users/${owner.id}/status`, { status: 'banned' })),
        403,
        'PERMISSION_DENIED',
      );
    });
  });

  describe('10: members that are not for the caller to set', () => {
    const FOREIGN = ['role', 'isAdmin', 'emailVerified', 'workspaceId', 'ownerId', 'passwordHash', 'deletedAt'];

    /** For every write of this section with a JSON body, what it would be granted with but for the member on top. */
    const GRANTED: Readonly<Record<string, object>> = {
      'put /users/me': { name: 'Grace Hopper' },
      'delete /users/me': { password: PASSWORD },
      'delete /users/me/avatar': {},
      'put /users/:id/status': { status: 'banned' },
      'delete /users/:id': {},
      'put /admin/users/:id/status': { status: 'banned' },
    };

    const writes = declaredRoutes.filter(
      ({ method, path, upload }) => method !== 'get' && !upload && /^\/(admin\/)?users/.test(path),
    );
    // What a later section adds here has its own test.
    const own = writes.filter(({ path }) => !path.includes('/roles'));

    it.each(own.map((route) => [nameOf(route), route] as const))('%s', async (name, { method, path }) => {
      const body = GRANTED[name];
      if (!body) throw new Error(`Say what ${name} is granted with.`);
      const before = await databaseSnapshot(platform);
      for (const foreign of FOREIGN) {
        const input = { ...body, [foreign]: 'owner' };
        expectInvalid(await as(owner).send(method.toUpperCase(), path.replace(':id', member.id), input), foreign);
      }
      expect(await databaseSnapshot(platform)).toEqual(before);
    });

    it.each(FOREIGN)('an uploaded picture, with %s', async (foreign) => {
      const picture = await aPicture();
      expectInvalid(
        await leavesNoTrace(platform, () => uploadAvatar(platform, member, ['file', picture], [foreign, 'owner'])),
        'body',
      );
    });
  });

  describe('11: the last owner', () => {
    const lastOwner = (answer: ApiAnswer) => expectProblem(answer, 409, 'LAST_OWNER');

    it('leaves, by either route', async () => {
      lastOwner(await leavesNoTrace(platform, () => as(owner).delete(`/users/${owner.id}`)));
      lastOwner(
        await leavesNoTrace(platform, () => as(owner).delete(`/workspaces/${workspaceId}/members/${owner.id}`)),
      );
    });

    it('deletes the account', async () => {
      lastOwner(await leavesNoTrace(platform, () => owner.api.delete('/users/me', { password: PASSWORD })));
      const second = await addMember(platform, owner, workspaceId, { role: 'owner' });
      await as(owner).put(`/users/${second.id}/status`, { status: 'banned' });
      lastOwner(await leavesNoTrace(platform, () => owner.api.delete('/users/me', { password: PASSWORD })));
      await as(owner).delete(`/users/${second.id}`);
    });

    it('of two, both of whom go at the same moment, 10 times', async () => {
      for (let round = 0; round < 10; round += 1) {
        const [one, id] = await signUp(platform).then(async (person) => [person, await makeWorkspace(person)] as const);
        const two = await addMember(platform, one, id, { role: 'owner' });
        const answers = await Promise.all([
          one.api.delete('/users/me', { password: PASSWORD }),
          platform.api.as(two.accessToken, id).put(`/users/${one.id}/status`, { status: 'banned' }),
          two.api.delete('/users/me', { password: PASSWORD }),
        ]);
        expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
        expect(await activeOwners(platform, id)).toHaveLength(1);
      }
    });
  });

  describe('42: a file that is not what it seems', () => {
    it.each<[string, (picture: Buffer) => Buffer]>([
      ['an SVG', () => Buffer.from(SVG)],
      ['a page', () => Buffer.from(HTML)],
      ['a script that starts like a GIF', () => Buffer.from(XSS_GIF)],
      ['a page that starts like a PNG', (picture) => Buffer.concat([picture.subarray(0, 8), Buffer.from(HTML)])],
      ['a page that starts like a JPEG', () => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from(HTML)])],
      ['a page before a picture', (picture) => Buffer.concat([Buffer.from(HTML), picture])],
      ['noise', () => randomBytes(4096)],
    ])('%s', async (_what, make) => {
      const content = make(await aPicture());
      expectProblem(
        await leavesNoTrace(platform, () => uploadAvatar(platform, member, ['file', content])),
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      );
    });

    it('a picture that is a page as well, of which only the picture is left', async () => {
      const polyglot = Buffer.concat([await aPicture('jpeg'), Buffer.from(HTML)]);
      expect((await uploadAvatar(platform, member, ['file', polyglot])).status).toBe(200);
      const answer = await fetchAvatar(platform, member, member.id);
      expect(answer.headers.get('content-type')).toBe('image/webp');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain('sandbox');
      expect(Buffer.from(await answer.arrayBuffer()).includes('<script')).toBe(false);
    });
  });

  describe('43: an upload that breaks off', () => {
    it('leaves nothing, and the next one is served', async () => {
      const before = [await databaseSnapshot(platform), await temporaryFiles()];
      const { hostname, port } = new URL(platform.address);
      for (let count = 0; count < 20; count += 1) {
        const socket = connect(Number(port), hostname);
        const head = [
          'PUT /api/v1/users/me/avatar HTTP/1.1',
          'Host: x',
          `Authorization: Bearer ${member.accessToken}`,
          'Content-Type: multipart/form-data; boundary=b',
          'Content-Length: 1000000',
          '',
          '--b',
          'Content-Disposition: form-data; name="file"; filename="a.png"',
          '',
          '',
        ];
        await new Promise<void>((resolve) => {
          socket.write(Buffer.concat([Buffer.from(head.join('\r\n')), randomBytes(100_000)]), () => resolve());
        });
        socket.destroy();
      }
      expect((await member.api.get('/users/me')).status).toBe(200);
      expect([await databaseSnapshot(platform), await temporaryFiles()]).toEqual(before);
      expect((await uploadAvatar(platform, member, ['file', await aPicture()])).status).toBe(200);
    });
  });
});
