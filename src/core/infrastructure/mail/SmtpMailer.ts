import type { createTransport } from 'nodemailer';
import type { Mail, Mailer } from '../../application/Mailer';

export interface SmtpOptions {
  /** `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte. */
  readonly url: string;
  readonly from: { readonly name: string; readonly address: string };
  /** Milliseconds the server may be silent before the mail fails (5 s); a whole delivery has six times as long. */
  readonly timeoutMs?: number;
}

/** Mails over a few pooled connections. A mail that fails is tried again by the job that sends it. */
export class SmtpMailer implements Mailer {
  private constructor(
    private readonly transport: ReturnType<typeof createTransport>,
    private readonly from: SmtpOptions['from'],
    private readonly timeoutMs: number,
  ) {}

  static async create({ url, from, timeoutMs = 5_000 }: SmtpOptions): Promise<SmtpMailer> {
    const nodemailer = await import('nodemailer');
    const transport = nodemailer.createTransport({
      url,
      pool: true,
      maxRequeues: 1,
      dnsTimeout: timeoutMs,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return new SmtpMailer(transport, from, timeoutMs);
  }

  /** @throws Error when `to` is not exactly one plain address, or the server is not there, or refuses the mail. */
  async send(mail: Mail): Promise<void> {
    await this.transport.sendMail({
      // nodemailer writes into what it is given.
      from: { ...this.from },
      to: { name: '', address: onePlainAddress(mail.to) },
      subject: mail.subject.replace(/\p{Cc}+/gu, ' '),
      text: mail.text,
      html: mail.html,
      // A server that trickles its answers is never silent, so the delivery as a whole is bounded too.
      signal: AbortSignal.timeout(6 * this.timeoutMs),
    });
  }

  /** Lets deliveries under way end and opens no other. */
  close(): void {
    this.transport.close();
  }
}

/** Whatever could begin a second address, a display name, a group, a comment or a header is refused, not repaired. */
function onePlainAddress(to: string): string {
  if (to.length > 254 || !/^[^\s\p{C}@<>()[\]\\,;:"]+@[^\s\p{C}@<>()[\]\\,;:"]+$/u.test(to)) {
    throw new Error('A mail goes to exactly one plain address.');
  }
  return to;
}
