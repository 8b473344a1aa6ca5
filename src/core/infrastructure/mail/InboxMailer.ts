import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../application/Clock';
import type { Mail, Mailer } from '../../application/Mailer';

export interface InboxMail extends Mail {
  /** The web addresses in the text, each once, in order. */
  readonly links: readonly string[];
  /** ISO 8601. */
  readonly sentAt: string;
}

/** How many mails a start keeps. */
const KEPT = 1_000;

/** Mails hold secrets, such as links that reset a password. */
const OWNER_ONLY = 0o600;

/**
 * The development inbox: mails stay here instead of going out. They stand in `inbox.ndjson`, one JSON
 * line each, which is read again for every list, so that nodes with one data directory share one inbox.
 */
export class InboxMailer implements Mailer {
  private readonly file: string;

  constructor(
    dataDir: string,
    private readonly clock: Clock,
  ) {
    mkdirSync(dataDir, { recursive: true });
    this.file = join(dataDir, 'inbox.ndjson');
    this.tidy();
  }

  async send({ to, subject, text, html }: Mail): Promise<void> {
    const sentAt = this.clock.now().toISOString();
    const mail: InboxMail = { to, subject, text, html, links: linksIn(text), sentAt };
    await appendFile(this.file, lineOf(mail), { mode: OWNER_ONLY });
  }

  /** Newest first; `to` keeps the mails to that address, in whatever case either is written. */
  async list(to?: string): Promise<InboxMail[]> {
    // The inbox is emptied by deleting its file, which may happen at any time.
    await appendFile(this.file, '', { mode: OWNER_ONLY });
    const mails = parse(await readFile(this.file, 'utf8')).reverse();
    if (to === undefined) return mails;
    const address = to.trim().toLowerCase();
    return mails.filter((mail) => mail.to.toLowerCase() === address);
  }

  /** Drops old mails and the torn line that a killed process leaves, which would swallow the next mail. */
  private tidy(): void {
    appendFileSync(this.file, '', { mode: OWNER_ONLY });
    const content = readFileSync(this.file, 'utf8');
    const tidied = parse(content).slice(-KEPT).map(lineOf).join('');
    if (tidied === content) return;
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, tidied, { mode: OWNER_ONLY });
    renameSync(draft, this.file);
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
