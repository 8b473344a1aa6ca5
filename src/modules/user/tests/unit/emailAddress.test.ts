import { EmailAddress } from '../../domain/EmailAddress';

const domainOf = (length: number): string => {
  const labels = `${'d'.repeat(60)}.`.repeat(5);
  return `${labels.slice(0, length - 4).replace(/\.$/, 'd')}.com`;
};

describe('EmailAddress', () => {
  it.each([
    'ada@example.com',
    'ada.lovelace+engine@mail.example.co.uk',
    "o'neill_1815@example-host.museum",
    '!#$%&*+/=?^_`{|}~-@example.com',
    'a@b.co',
    '1@2.io',
    'ada@xn--bcher-kva.example',
    'ada@123.example',
  ])('takes %s', (raw) => {
    expect(EmailAddress(raw)).toBe(raw);
  });

  it.each(['Ada@Example.COM', 'ADA@EXAMPLE.COM', '  ada@example.com\n', '\tada@Example.com '])(
    'takes %j for the one account that it means',
    (raw) => {
      expect(EmailAddress(raw)).toBe('ada@example.com');
    },
  );

  it('takes the Kelvin sign for the letter that it is, and so for the same account', () => {
    expect(EmailAddress('\u212aelvin@example.com')).toBe('kelvin@example.com');
  });

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['no @', 'ada.example.com'],
    ['nobody', '@example.com'],
    ['no domain', 'ada@'],
    ['one label', 'ada@localhost'],
    ['a top-level domain of one letter', 'ada@example.c'],
    ['a numeric top-level domain', 'ada@example.123'],
    ['an IPv4 address', 'ada@192.0.2.1'],
    ['an address literal', 'ada@[192.0.2.1]'],
    ['a label that begins with a hyphen', 'ada@-example.com'],
    ['a label that ends with a hyphen', 'ada@example-.com'],
    ['an empty label', 'ada@example..com'],
    ['a final dot', 'ada@example.com.'],
    ['a leading dot', '.ada@example.com'],
    ['a dot before the @', 'ada.@example.com'],
    ['two dots', 'ada..lovelace@example.com'],
    ['two @', 'ada@evil.test@example.com'],
    ['quotes', '"ada lovelace"@example.com'],
    ['a comment', 'ada(comment)@example.com'],
    ['a display name', 'Ada <ada@example.com>'],
    ['an underscore in the domain', 'ada@exam_ple.com'],
    ['what stands for a closed account', 'deleted-1@Deleted.invalid'],
  ])('refuses %s', (_what, raw) => {
    expect(() => EmailAddress(raw)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_ERROR',
        details: { errors: [{ field: 'email', message: 'email must be a valid e-mail address.' }] },
      }),
    );
  });

  it.each([
    ['a full-width @', 'ada\uff20example.com'],
    ['a full-width letter', '\uff41da@example.com'],
    ['a full-width dot', 'ada@example\uff0ecom'],
    ['an ideographic full stop', 'ada@example\u3002com'],
    ['a Cyrillic a', '\u0430da@example.com'],
    ['a Cyrillic a in the domain', 'ada@ex\u0430mple.com'],
    ['a dotless i', 'adm\u0131n@example.com'],
    ['a dotted capital I', 'adm\u0130n@example.com'],
    ['a long s', 'bo\u017fs@example.com'],
    ['an umlaut', 'ädä@example.com'],
    ['a zero-width space', 'ada\u200b@example.com'],
    ['a soft hyphen', 'a\u00adda@example.com'],
    ['a right-to-left override', 'ada\u202e@example.com'],
  ])('refuses %s, which could pass for somebody else', (_what, raw) => {
    expect(() => EmailAddress(raw)).toThrow('not valid');
  });

  it.each([
    ['a NUL', 'ada@example.com\u0000'],
    ['a NUL in the middle', 'ada\u0000@example.com'],
    ['a header', 'ada@example.com\r\nBcc: eve@evil.test'],
    ['a line feed', 'ada@example.com\neve@evil.test'],
    ['a line separator', 'ada@example.com\u2028eve@evil.test'],
    ['two addresses', 'ada@example.com,eve@evil.test'],
    ['two addresses with a semicolon', 'ada@example.com; eve@evil.test'],
    ['two addresses with a blank', 'ada@example.com eve@evil.test'],
    ['an encoded line break', 'ada%0d%0a@example.com\r\n.'],
  ])('refuses %s, which could have a mail go elsewhere', (_what, raw) => {
    expect(() => EmailAddress(raw)).toThrow('not valid');
  });

  it('takes 64 characters before the @, and no more', () => {
    expect(EmailAddress(`${'a'.repeat(64)}@example.com`)).toHaveLength(76);
    expect(() => EmailAddress(`${'a'.repeat(65)}@example.com`)).toThrow('not valid');
  });

  it('takes 254 characters in all, and no more', () => {
    const local = 'a'.repeat(64);
    expect(EmailAddress(`${local}@${domainOf(189)}`)).toHaveLength(254);
    expect(() => EmailAddress(`${local}@${domainOf(190)}`)).toThrow('not valid');
  });

  it('takes labels of 63 characters, and no more', () => {
    expect(() => EmailAddress(`ada@${'d'.repeat(63)}.com`)).not.toThrow();
    expect(() => EmailAddress(`ada@${'d'.repeat(64)}.com`)).toThrow('not valid');
  });

  it.each([
    ['dots', `${'.'.repeat(30_000)}@example.com`],
    ['letters without an end', `a@${'a.'.repeat(15_000)}!`],
    ['hyphens', `a@${'-'.repeat(30_000)}.com`],
    ['at signs', '@'.repeat(30_000)],
  ])('refuses 30,000 %s before its pattern sees them', (_what, raw) => {
    expect(() => EmailAddress(raw)).toThrow('not valid');
  });
});
