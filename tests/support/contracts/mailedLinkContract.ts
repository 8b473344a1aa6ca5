import type { LinkPurpose } from '../../../src/modules/auth/domain/MailedLink';
import type { InMemoryPlatform } from '../../fixtures/InMemoryPlatform';

interface MailedLinks {
  /** The one of the test that asks. */
  readonly platform: () => InMemoryPlatform;
  readonly lifetimeMs: number;
}

interface Mailing<Event> extends MailedLinks {
  readonly purpose: LinkPurpose;
  readonly request: () => Promise<Event>;
  readonly handle: (event: Event) => Promise<void>;
}

/** What holds of the mails of links, whatever those are for: the same link each time, and none that is not open. */
export function mailsOpenLinks<Event extends { readonly facts: { readonly linkId: string } }>(
  mailing: Mailing<Event>,
): void {
  const { platform, lifetimeMs, purpose, request, handle } = mailing;

  it('mails the same link when the job is repeated', async () => {
    const event = await request();
    await handle(event);
    await handle(event);
    const [first, second] = platform().mailer.sent;
    expect(second).toEqual(first);
  });

  it('mails nothing once a newer link was asked for', async () => {
    const first = await request();
    await request();
    await handle(first);
    expect(platform().mailer.sent).toEqual([]);
  });

  it('mails nothing once the link was used', async () => {
    const event = await request();
    const { mailedLinks, mailedTokens, unitOfWork, clock } = platform();
    const hash = mailedTokens.hash(mailedTokens.issue(purpose, event.facts.linkId));
    await unitOfWork.run({}, () => mailedLinks.consume(purpose, hash, clock.now()));
    await handle(event);
    expect(platform().mailer.sent).toEqual([]);
  });

  it('mails nothing once the link has expired', async () => {
    const event = await request();
    platform().clock.advance(lifetimeMs);
    await handle(event);
    expect(platform().mailer.sent).toEqual([]);
  });
}

interface Refusal extends MailedLinks {
  /** Has a link mailed. @returns its token */
  readonly request: () => Promise<string>;
  /** Expects that a token is refused, and that nothing comes of it. */
  readonly refused: (token: string) => Promise<void>;
}

/** Which tokens no use of a mailed link accepts, besides those of other purposes. */
export function refusesTokensOfNoOpenLink({ platform, lifetimeMs, request, refused }: Refusal): void {
  it.each(['', 'another token'])('the unknown token %j', async (token) => {
    await request();
    await refused(token);
  });

  it('the hash of a token', async () => {
    await refused(platform().mailedTokens.hash(await request()));
  });

  it('a token that has expired', async () => {
    const token = await request();
    platform().clock.advance(lifetimeMs);
    await refused(token);
  });

  it('a token that a newer one replaced', async () => {
    const token = await request();
    await request();
    await refused(token);
  });
}
