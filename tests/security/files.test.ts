import type { ApiClient } from '../support/ApiClient';
import { attach, fetchAttachment, filesOnDisk, type Place } from '../support/attachments';
import { beginUpload, BOUNDARY } from '../support/beginUpload';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/expectProblem';
import { makeWorkspace, type Person, signUp } from '../support/people';
import { makeTask } from '../support/tasks';
import { TestPlatform } from '../support/testPlatform';

const MIB = 1024 * 1024;

describe('Attacks by files', () => {
  let platform: TestPlatform;
  let person: Person;
  let workspaceId: string;
  let api: ApiClient;
  let place: Place;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    person = await signUp(platform);
  });

  beforeEach(async () => {
    workspaceId = await makeWorkspace(person);
    api = platform.api.as(person.accessToken, workspaceId);
    place = { workspaceId, taskId: (await makeTask(api)).id };
  });

  afterAll(() => platform.stop());

  const usage = () => platform.query('SELECT bytes::int FROM file_usage WHERE workspace_id = $1', [workspaceId]);
  const rows = () => platform.query('SELECT status FROM files WHERE workspace_id = $1', [workspaceId]);

  describe('41: names', () => {
    it.each([
      ['../../../etc/passwd', 'passwd'],
      ['/etc/cron.d/job', 'job'],
      ['C:\\Windows\\win.ini', 'win.ini'],
      ['..', 'file'],
      ['x\r\nSet-Cookie: admin=1\r\n\r\n<script>.txt', 'xSet-Cookie: admin=1<script>.txt'],
      ['x"; filename="y.exe', 'x"; filename="y.exe'],
      ['%2e%2e%2f%2e%2e%2fpasswd', '%2e%2e%2f%2e%2e%2fpasswd'],
    ])('%j is a name and nothing else', async (name, kept) => {
      const before = await filesOnDisk(platform);
      const { status, body } = await attach(platform, person, place, Buffer.from('text'), { name });
      expect([status, body.data?.name]).toEqual([201, kept]);
      expect((await filesOnDisk(platform)).filter((each) => !before.includes(each))).toEqual([body.data.id]);
      const { headers } = await fetchAttachment(platform, person, place, body.data.id);
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('content-disposition')).toMatch(
        /^attachment; filename="[ !#-[\]-~]*"(?:; filename\*=UTF-8''[\w%.~!-]*)?$/,
      );
    });
  });

  describe('41: names with NUL', () => {
    const named = async (parameter: string) => {
      const boundary = 'xxboundaryxx';
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; ${parameter}\r\n\r\n`;
      const answer = await fetch(`${platform.address}/api/v1/tasks/${place.taskId}/attachments`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${person.accessToken}`,
          'X-Workspace-Id': workspaceId,
          'Content-Type': `multipart/form-data; boundary=${boundary}`,
        },
        body: `${head}text\r\n--${boundary}--\r\n`,
      });
      return { status: answer.status, name: ((await answer.json()) as { data?: { name: string } }).data?.name };
    };

    it('are refused as they are', async () => {
      expect(await named('filename="nul\0.png"')).toEqual({ status: 400 });
      expect(await rows()).toEqual([]);
    });

    it('lose it where it is encoded', async () => {
      expect(await named(`filename*=UTF-8''..%2Fnul%00.png`)).toEqual({ status: 201, name: 'nul.png' });
    });
  });

  describe('42: contents that a browser would run', () => {
    const SCRIPT = '<script>alert(document.domain)</script>';

    it.each([
      ['a page', `<!doctype html>${SCRIPT}`, 'page.html', 'text/plain'],
      ['a page that is called a picture', `<!doctype html>${SCRIPT}`, 'photo.png', 'text/plain'],
      ['an SVG', `<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`, 'logo.svg', 'text/plain'],
      ['XHTML', `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">${SCRIPT}</html>`, 'x', 'text/plain'],
      ['a PDF with a page behind', `%PDF-1.7\n${SCRIPT}`, 'x.pdf', 'application/pdf'],
      ['an archive with a page before', `${SCRIPT}PK\x03\x04`, 'x.jar', 'application/octet-stream'],
      ['bytes', `\0\x01\x02${SCRIPT}`, 'x.html', 'application/octet-stream'],
    ])('%s is for the disk alone', async (_what, content, name, type) => {
      const { body } = await attach(platform, person, place, Buffer.from(content, 'latin1'), { name });
      const { headers } = await fetchAttachment(platform, person, place, body.data.id);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': type,
        'content-disposition': `attachment; filename="${name}"`,
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      });
    });

    it('a picture that is a script as well is shown as a picture, of no origin', async () => {
      const polyglot = Buffer.from(`GIF89a/*${SCRIPT}*/=alert(1)`, 'latin1');
      const { body } = await attach(platform, person, place, polyglot, { name: 'x.js' });
      const { headers } = await fetchAttachment(platform, person, place, body.data.id);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'image/gif',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      });
    });
  });

  describe('43: uploads that are cut off', () => {
    const begin = (headers?: Readonly<Record<string, string>>) => beginUpload(platform, person, place, headers);

    const nothingIsLeft = (before: readonly string[]) =>
      eventually(async () => {
        expect(await filesOnDisk(platform)).toEqual(before);
        expect([await rows(), await usage()]).toEqual([[], [{ bytes: 0 }]]);
      });

    it.each([
      ['whose length was not told', {}],
      ['whose length was told', { 'Content-Length': String(5 * MIB) }],
    ])('in the middle of a file %s leave nothing', async (_what, headers) => {
      const before = await filesOnDisk(platform);
      const uploads = Array.from({ length: 5 }, () => begin(headers));
      await eventually(async () => {
        const drafts = (await filesOnDisk(platform)).filter((name) => name.endsWith('.part'));
        expect(drafts).toHaveLength(uploads.length);
      });
      expect(await rows()).toHaveLength(uploads.length);
      for (const each of uploads) each.destroy();
      await nothingIsLeft(before);
    });

    it('just before their end leave nothing', async () => {
      const before = await filesOnDisk(platform);
      const begun = begin();
      begun.write(`\r\n--${BOUNDARY}`);
      await eventually(async () => expect(await rows()).toHaveLength(1));
      begun.destroy();
      await nothingIsLeft(before);
    });

    it('by an end that is none are refused, and leave nothing', async () => {
      const before = await filesOnDisk(platform);
      const begun = begin();
      const status = new Promise((resolve) => {
        begun.on('response', (response) => resolve(response.resume().statusCode));
      });
      begun.end('and no boundary');
      expect(await status).toBe(400);
      await nothingIsLeft(before);
    });

    it('by their size leave nothing', async () => {
      const before = await filesOnDisk(platform);
      const begun = begin();
      const status = new Promise((resolve) => {
        begun.on('response', (response) => resolve(response.resume().statusCode));
      });
      for (let sent = 0; sent < 25; sent += 1) begun.write(Buffer.alloc(MIB));
      begun.end();
      expect(await status).toBe(413);
      await nothingIsLeft(before);
    });
  });

  it('20 uploads at a time do not pass the quota', async () => {
    const bytes = 100_000;
    const room = 7;
    await api.put(`/workspaces/${workspaceId}`, { settings: { limits: { maxFileBytes: room * bytes + bytes / 2 } } });
    const content = Buffer.alloc(bytes);
    const answers = await Promise.all(Array.from({ length: 20 }, () => attach(platform, person, place, content)));
    const kept = answers.filter(({ status }) => status === 201);
    expect(kept).toHaveLength(room);
    for (const answer of answers) if (!kept.includes(answer)) expectProblem(answer, 413, 'QUOTA_EXCEEDED');
    expect(await rows()).toEqual(Array.from({ length: room }, () => ({ status: 'ready' })));
    expect(await usage()).toEqual([{ bytes: room * bytes }]);
  });
});
