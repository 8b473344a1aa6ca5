import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** The part of addresses behind the `@`, in lower case, where one organisation gives out all mailboxes. */
export type EmailDomain = Brand<string, 'EmailDomain'>;

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * The largest providers of mailboxes for anybody: who has one of theirs has nothing in common with the next one. A list
 * of all does not exist; what stands between the others and a workspace is that its owner must have such a mailbox too.
 */
const PUBLIC = new Set(
  `gmail.com googlemail.com outlook.com outlook.fr outlook.de hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it
  live.com live.co.uk live.fr msn.com passport.com yahoo.com yahoo.co.uk yahoo.co.jp yahoo.co.in yahoo.fr yahoo.de
  yahoo.it yahoo.es yahoo.com.br ymail.com rocketmail.com aol.com aim.com verizon.net icloud.com me.com mac.com proton.me
  protonmail.com pm.me tutanota.com tuta.io tuta.com hey.com fastmail.com fastmail.fm hushmail.com zoho.com zohomail.com
  mail.com email.com gmx.com gmx.net gmx.de gmx.at gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org
  orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it mail.ru bk.ru inbox.ru list.ru
  yandex.ru yandex.com ya.ru rambler.ru ukr.net i.ua seznam.cz centrum.cz wp.pl o2.pl onet.pl interia.pl abv.bg
  qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com naver.com hanmail.net daum.net
  rediffmail.com uol.com.br bol.com.br terra.com.br comcast.net sbcglobal.net att.net cox.net charter.net bellsouth.net
  btinternet.com sky.com virginmedia.com bigpond.com optusnet.com.au shaw.ca rogers.com sympatico.ca
  mailinator.com guerrillamail.com yopmail.com temp-mail.org 10minutemail.com sharklasers.com trashmail.com`.split(
    /\s+/,
  ),
);

/** @throws ValidationError for what is no domain, and for one where anybody gets a mailbox */
export function EmailDomain(raw: string): EmailDomain {
  const domain = raw.trim().toLowerCase();
  const field = 'allowedEmailDomains';
  if (domain.length > 253 || !DOMAIN.test(domain))
    throw ValidationError.field(field, 'must be the domain of e-mail addresses.');
  if (PUBLIC.has(domain)) throw ValidationError.field(field, 'must not be a domain where anybody gets a mailbox.');
  return domain as EmailDomain;
}

/** The domain of an address, public or not. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
