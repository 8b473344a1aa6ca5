import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { mailsOpenLinks } from '../../../../../tests/support/contracts/mailedLinkContract';
import type { UserActor } from '../../../../core/domain/Actor';
import type { DomainEvent, FactsOf } from '../../../../core/domain/DomainEvent';
import { EmailAddress } from '../../../user';
import { LinkMails } from '../../application/LinkMails';
import { MailVerificationOnRequested } from '../../application/MailVerificationOnRequested';
import { verificationRequested } from '../../domain/events';

describe('MailVerificationOnRequested', () => {
  let platform: InMemoryPlatform;
  let ada: UserActor;
  let handler: MailVerificationOnRequested;

  const request = async (): Promise<DomainEvent<FactsOf<typeof verificationRequested>>> => {
    const { requestMailedLink, unitOfWork, eventBus } = platform;
    await unitOfWork.run({}, () => requestMailedLink.execute(ada.userId, 'email-verification'));
    const event = eventBus.of(verificationRequested).at(-1);
    if (!event) throw new Error('Nothing was requested.');
    return event;
  };

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    ada = await platform.addUser({ email: EmailAddress('ada@example.com'), emailVerifiedAt: null });
    const { mailedLinks, userQueries, mailedTokens, mailer, clock } = platform;
    handler = new MailVerificationOnRequested(
      new LinkMails(mailedLinks, userQueries, mailedTokens, mailer, 'https://app.example.com', clock),
    );
  });

  it('is a durable job of the event', () => {
    expect(handler.name).toBe('auth.mail-verification-on-verification-requested');
    expect(handler.on).toBe(verificationRequested);
    expect(handler.delivery).toBe('durable');
  });

  it('mails the address of the account a link that proves it', async () => {
    const event = await request();
    await handler.handle(event);
    expect(platform.mailer.sent).toHaveLength(1);
    const [mail] = platform.mailer.sent;
    const token = platform.mailedTokens.issue('email-verification', event.facts.linkId);
    expect(mail?.to).toBe('ada@example.com');
    expect(mail?.text).toContain(`https://app.example.com/verify-email?token=${token}`);
  });

  mailsOpenLinks({
    platform: () => platform,
    lifetimeMs: 24 * 60 * 60 * 1000,
    purpose: 'email-verification',
    request,
    handle: (event) => handler.handle(event),
  });
});
