import { domainOf, EmailDomain } from '../../domain/EmailDomain';

describe('A domain that lets people in', () => {
  it.each([
    ['engines.example', 'engines.example'],
    [' Mail.Engines.EXAMPLE ', 'mail.engines.example'],
    ['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
  ])('%j is read as %s', (raw, domain) => {
    expect(EmailDomain(raw)).toBe(domain);
  });

  it.each([
    '',
    'engines',
    '.example',
    'a@engines.example',
    'engines.example.',
    'en gines.example',
    '*.example',
    '-a.example',
    'münchen.example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(126)}example`,
  ])('%j is none', (raw) => {
    expect(() => EmailDomain(raw)).toThrow(expect.objectContaining({ kind: 'invalid', code: 'VALIDATION_ERROR' }));
  });

  it.each(['gmail.com', 'GoogleMail.com', 'outlook.com', 'yahoo.co.uk', 'icloud.com', 'proton.me', 'gmx.de', 'qq.com'])(
    '%s is anybody’s',
    (raw) => {
      expect(() => EmailDomain(raw)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
    },
  );

  it('is what stands behind the last @ of an address', () => {
    expect(domainOf('Ada@Engines.Example')).toBe('engines.example');
    expect(domainOf('a@b@engines.example')).toBe('engines.example');
  });
});
