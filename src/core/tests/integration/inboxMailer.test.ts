import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InboxMailer } from '../../infrastructure/mail/InboxMailer';

const mail = (subject: string, changes: object = {}) => ({
  to: 'ada@example.test',
  subject,
  text: `Text of ${subject}`,
  html: `<p>${subject}</p>`,
  ...changes,
});

describe('InboxMailer', () => {
  let folder: string;
  let file: string;
  let inbox: InboxMailer;

  const clock = { now: () => new Date('2026-01-02T03:04:05.678Z') };
  const open = () => new InboxMailer(folder, clock);
  const subjects = async (to?: string) => (await inbox.list(to)).map(({ subject }) => subject);

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'atrium-inbox-')), 'data');
    file = join(folder, 'inbox.ndjson');
    inbox = open();
  });

  afterEach(() => rm(join(folder, '..'), { recursive: true }));

  it('is empty at first', async () => {
    await expect(inbox.list()).resolves.toEqual([]);
  });

  it('keeps a whole mail, with the time it was sent', async () => {
    await inbox.send(mail('Grüße\n"x"'));
    await expect(inbox.list()).resolves.toEqual([
      { ...mail('Grüße\n"x"'), links: [], sentAt: '2026-01-02T03:04:05.678Z' },
    ]);
  });

  it('finds the addresses in the text, each once, without the punctuation around them', async () => {
    const text =
      'See https://a.test/x?b=1&c=2#d, (http://b.test/), <https://c.test/e> or https://a.test/x?b=1&c=2#d. Not ftp://d.test';
    await inbox.send(mail('links', { text }));
    const [kept] = await inbox.list();
    expect(kept?.links).toEqual(['https://a.test/x?b=1&c=2#d', 'http://b.test/', 'https://c.test/e']);
  });

  it('lists the newest first', async () => {
    await inbox.send(mail('first'));
    await inbox.send(mail('second'));
    await expect(subjects()).resolves.toEqual(['second', 'first']);
  });

  it('lists one address, in whatever case it is written', async () => {
    await inbox.send(mail('one', { to: 'Ada@Example.test' }));
    await inbox.send(mail('two', { to: 'bob@example.test' }));
    await expect(subjects('aDA@example.TEST')).resolves.toEqual(['one']);
    await expect(subjects('example.test')).resolves.toEqual([]);
  });

  it('loses none of many mails sent at once', async () => {
    const sent = Array.from({ length: 100 }, (_, number) => `mail ${number}`);
    await Promise.all(sent.map((subject) => inbox.send(mail(subject, { text: 'x'.repeat(20_000) }))));
    expect(new Set(await subjects())).toEqual(new Set(sent));
  });

  it('survives a restart', async () => {
    await inbox.send(mail('before'));
    inbox = open();
    await inbox.send(mail('after'));
    await expect(subjects()).resolves.toEqual(['after', 'before']);
  });

  it('is one inbox for several processes with the same folder', async () => {
    await open().send(mail('by the other'));
    await expect(subjects()).resolves.toEqual(['by the other']);
  });

  it('survives the torn line of a killed process, and loses no mail after it', async () => {
    await inbox.send(mail('whole'));
    await inbox.send(mail('torn'));
    const content = await readFile(file);
    await writeFile(file, content.subarray(0, content.length - 20));
    await expect(subjects()).resolves.toEqual(['whole']);
    inbox = open();
    await inbox.send(mail('next'));
    await expect(subjects()).resolves.toEqual(['next', 'whole']);
  });

  it('keeps the newest 1000 at a start', async () => {
    const lines = Array.from({ length: 1005 }, (_, number) => `${JSON.stringify(mail(`mail ${number}`))}\n`);
    await inbox.list();
    await appendFile(file, lines.join(''));
    inbox = open();
    const kept = await subjects();
    expect(kept).toHaveLength(1000);
    expect([kept[0], kept[999]]).toEqual(['mail 1004', 'mail 5']);
  });

  it('can be emptied by deleting its file', async () => {
    await inbox.send(mail('old'));
    await rm(file);
    await expect(subjects()).resolves.toEqual([]);
    await inbox.send(mail('new'));
    await expect(subjects()).resolves.toEqual(['new']);
  });

  it('is for the eyes of its owner', async () => {
    await inbox.send(mail('secret'));
    expect((await stat(file)).mode % 0o1000).toBe(0o600);
  });
});
