import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { mailsOpenLinks } from '../../../../../tests/support/contracts/mailedLinkContract';
import type { UserActor } from '../../../../core/domain/Actor';
import type { DomainEvent, FactsOf } from '../../../../core/domain/DomainEvent';
import { EmailAddress, PersonName } from '../../../user';
import { LinkMails } from '../../application/LinkMails';
import { MailPasswordResetOnRequested } from '../../application/MailPasswordResetOnRequested';
import { passwordResetRequested } from '../../domain/events';

describe('MailPasswordResetOnRequested', () => {
  let platform: InMemoryPlatform;
  let ada: UserActor;
  let handler: MailPasswordResetOnRequested;

  const request = async (): Promise<DomainEvent<FactsOf<typeof passwordResetRequested>>> => {
    await platform.unitOfWork.run({}, () => platform.requestMailedLink.execute(ada.userId, 'password-reset'));
    const event = platform.eventBus.of(passwordResetRequested).at(-1);
    if (!event) throw new Error('Nothing was requested.');
    return event;
  };

  const tokenOf = ({ facts }: Awaited<ReturnType<typeof request>>) =>
    platform.mailedTokens.issue('password-reset', facts.linkId);

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    const name = PersonName('Ada https://evil.test');
    ada = await platform.addUser({ email: EmailAddress('ada@example.com'), name });
    const { mailedLinks, userQueries, mailedTokens, mailer, clock } = platform;
    handler = new MailPasswordResetOnRequested(
      new LinkMails(mailedLinks, userQueries, mailedTokens, mailer, 'https://app.example.com', clock),
    );
  });

  it('is a durable job of the event', () => {
    expect(handler.name).toBe('auth.mail-password-reset-on-password-reset-requested');
    expect(handler.on).toBe(passwordResetRequested);
    expect(handler.delivery).toBe('durable');
  });

  it('mails the address of the account, and nobody else, one link', async () => {
    const event = await request();
    await handler.handle(event);
    expect(platform.mailer.sent).toMatchObject([{ to: 'ada@example.com', subject: 'Choose a new password' }]);
    const [{ text, html } = { text: '', html: '' }] = platform.mailer.sent;
    const link = `https://app.example.com/reset-password?token=${tokenOf(event)}`;
    expect(text.match(/https?:\S+/g)).toEqual([link]);
    expect(html).toContain(`href="${link}"`);
    expect(html).not.toContain('evil.test');
  });

  mailsOpenLinks({
    platform: () => platform,
    lifetimeMs: 60 * 60 * 1000,
    purpose: 'password-reset',
    request,
    handle: (event) => handler.handle(event),
  });
});
