import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../application/Clock';
import type { Mail, Mailer } from '../../application/Mailer';

export interface InboxMail extends Mail {
  /** The web addresses in the text, each once, in order. */
  readonly links: readonly string[];
  /** ISO 8601. */
  readonly sentAt: string;
}

/** How many mails are kept when the inbox is opened, which the first mail or look at it does. */
const KEPT = 1_000;

/** Mails hold secrets, such as links that reset a password. */
const OWNER_ONLY = 0o600;

/**
 * The development inbox: mails stay here instead of going out. They stand in `inbox.ndjson`, one JSON
 * line each, which is read again for every list, so that nodes with one data directory share one inbox.
 */
export class InboxMailer implements Mailer {
  private readonly file: string;

  private opened: Promise<void> | undefined;

  constructor(
    private readonly dataDir: string,
    private readonly clock: Clock,
  ) {
    this.file = join(dataDir, 'inbox.ndjson');
  }

  async send({ to, subject, text, html }: Mail): Promise<void> {
    await this.open();
    const sentAt = this.clock.now().toISOString();
    const mail: InboxMail = { to, subject, text, html, links: linksIn(text), sentAt };
    await this.append(lineOf(mail));
  }

  /** Newest first; `to` keeps the mails to that address, in whatever case either is written. */
  async list(to?: string): Promise<InboxMail[]> {
    await this.open();
    const mails = parse(await this.content()).reverse();
    if (to === undefined) return mails;
    const address = to.trim().toLowerCase();
    return mails.filter((mail) => mail.to.toLowerCase() === address);
  }

  private open(): Promise<void> {
    this.opened ??= this.tidy();
    return this.opened;
  }

  /** Drops old mails and the torn line that a killed process leaves, which would swallow the next mail. */
  private async tidy(): Promise<void> {
    await mkdir(this.dataDir, { recursive: true });
    const content = await this.content();
    const tidied = parse(content).slice(-KEPT).map(lineOf).join('');
    if (tidied === content) return;
    const draft = `${this.file}.${process.pid}`;
    await writeFile(draft, tidied, { mode: OWNER_ONLY });
    await rename(draft, this.file);
  }

  private async content(): Promise<string> {
    // Whoever empties the inbox deletes its file, at any time.
    await this.append('');
    return readFile(this.file, 'utf8');
  }

  private append(lines: string): Promise<void> {
    return appendFile(this.file, lines, { mode: OWNER_ONLY });
  }
}

function lineOf(mail: InboxMail): string {
  return `${JSON.stringify(mail)}\n`;
}

function parse(content: string): InboxMail[] {
  return content.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as InboxMail];
    } catch {
      return [];
    }
  });
}

/** Punctuation behind an address belongs to the sentence. */
function linksIn(text: string): string[] {
  const links = text.match(/https?:\/\/[^\s<>"]+/g) ?? [];
  return [...new Set(links.map((link) => link.replace(/[.,;:!?)\]}'’]+$/, '')))];
}
