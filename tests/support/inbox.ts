import { eventually } from './eventually';

/** A mail as the development inbox shows it. */
export interface InboxMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly links: readonly string[];
}

/** The mails of a server to an address so far, newest first. */
export async function mailsTo(server: string, address: string): Promise<InboxMail[]> {
  const answer = await fetch(`${server}/dev/inbox.json?to=${encodeURIComponent(address)}`);
  return ((await answer.json()) as { data: InboxMail[] }).data;
}

/** The token in the newest mail to an address with this word in its subject, once it has arrived. */
export function mailedToken(server: string, address: string, subject: RegExp): Promise<string> {
  return eventually(async () => {
    const mail = (await mailsTo(server, address)).find((each) => subject.test(each.subject));
    const token = new URL(mail?.links[0] ?? '').searchParams.get('token');
    if (!token) throw new Error(`No mail with a token has reached ${address}.`);
    return token;
  });
}
