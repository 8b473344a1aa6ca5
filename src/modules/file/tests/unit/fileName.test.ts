import { FileName } from '../../domain/FileName';

describe('The name of a file', () => {
  it.each([
    ['plan.pdf', 'plan.pdf'],
    ['Übersicht 2026 (final).tar.gz', 'Übersicht 2026 (final).tar.gz'],
    ['.env', '.env'],
    ['家族👪.png', '家族👪.png'],
    ['e\u0301.txt', 'é.txt'],
  ])('%j stays what it is: %j', (raw, name) => {
    expect(FileName(raw)).toBe(name);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['/etc/passwd', 'passwd'],
    ['C:\\Windows\\win.ini', 'win.ini'],
    ['..\\..\\x', 'x'],
    ['a\0.png', 'a.png'],
    ['a\r\nX-Header: 1.txt', 'aX-Header: 1.txt'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['zero\u200Bwidth\u2028\uFEFF', 'zerowidth'],
    ['lone\uD800.txt', 'lone.txt'],
    ['  spaces.txt . ', 'spaces.txt'],
  ])('%j is taken as %j', (raw, name) => {
    expect(FileName(raw)).toBe(name);
  });

  it.each(['', '.', '..', '/', '../', '\0', ' . '])('%j is none', (raw) => {
    expect(FileName(raw)).toBe('file');
  });

  it.each([`${'a'.repeat(199)} ${'b'.repeat(30)}`, 'e\u200D\u0301', ' . a', `${'x. '.repeat(100)}.txt`])(
    'of %j is the name of itself, so that it travels as it is',
    (raw) => {
      expect(FileName(FileName(raw))).toBe(FileName(raw));
    },
  );

  it('has at most 200 characters, and keeps its extension', () => {
    expect(FileName(`${'ä'.repeat(300)}.pdf`)).toBe(`${'ä'.repeat(196)}.pdf`);
    expect(FileName('👪'.repeat(201))).toBe('👪'.repeat(200));
    expect(FileName(`${'a'.repeat(190)}.${'b'.repeat(30)}`)).toBe(`${'a'.repeat(190)}.${'b'.repeat(9)}`);
  });
});
