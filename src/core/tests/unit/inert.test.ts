import { inert } from '../../application/inert';

/** What mail programs make links of, more eagerly than any of them does. */
const LINKABLE = [/[a-z][a-z0-9+.-]*:\S/i, /\/\/\S/, /[^\s.]\.[^\s.]/u, /\S@\S/, /www\.\S/i, /[^\s。．｡․]+[。．｡․]\S/u];

const linkable = (text: string): boolean => LINKABLE.some((pattern) => pattern.test(text));

describe('inert', () => {
  it.each(['Acme', 'Müller & Söhne GmbH', 'Café «Zürich»', '株式会社サンプル', 'O’Reilly, Inc.', '👩‍👩‍👧 family'])(
    'leaves an ordinary name alone: %s',
    (name) => {
      expect(inert(name)).toBe(name);
    },
  );

  it.each([
    'https://evil.test/login?x=1',
    'HTTP://EVIL.TEST',
    'evil.test',
    'www.evil.test',
    'Your prize: evil.test/win.',
    'mailto:ada@evil.test',
    'ada@evil.test',
    'tel:+4912345',
    'javascript:alert(1)',
    '//evil.test',
    '\\\\evil.test\\share',
    'evil。test',
    'evil．test',
    'evil｡test',
    'evil․test',
    'https：／／evil.test',
    '192.0.2.1',
    '1.2.3.4:8080/x',
    'evil.\u200btest',
    'evil.\u2060test',
    'evil\u00ad.test',
    'evil\u202e.test',
  ])('leaves nothing to make a link of in %j, and all of it to read', (name) => {
    expect(linkable(name.replace(/[\u200b\u2060\u00ad\u202e]/g, ''))).toBe(true);
    const result = inert(name);
    expect(linkable(result)).toBe(false);
    expect(result.replaceAll('\u200a', '')).toBe(name.replace(/[\u200b\u2060\u00ad\u202e]/g, ''));
  });

  it('puts everything on one line', () => {
    expect(inert(' Acme\r\nBcc: eve\u2028x\u0085y\tz\u0000 ')).toBe('Acme Bcc: eve x y z');
  });

  it('drops what turns or hides text, but not the joiners that scripts and emoji need', () => {
    expect(inert('\u202egnp\u202c.exe')).toBe('gnp.\u200aexe');
    expect(inert('a\u200b\u2066b\u2069\ufeffc\u{e0041}')).toBe('ab c');
    expect(inert('می\u200cخواهم')).toBe('می\u200cخواهم');
  });

  it('cuts what is longer than 100 characters, between characters', () => {
    expect(inert('x'.repeat(100))).toBe('x'.repeat(100));
    expect(inert('😀'.repeat(101))).toBe(`${'😀'.repeat(99)}…`);
  });

  it('answers an empty text for one without anything to see', () => {
    expect(inert(' \u0000\u200b\r\n')).toBe('');
  });
});
