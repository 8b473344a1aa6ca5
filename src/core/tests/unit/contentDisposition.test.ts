import { contentDisposition } from '../../application/contentDisposition';

describe('The header that names a download', () => {
  const of = (name: string, inline = false): string => contentDisposition({ name, inline });

  it('says whether the file may be shown', () => {
    expect(of('plan.pdf')).toBe('attachment; filename="plan.pdf"');
    expect(of('plan.png', true)).toBe('inline; filename="plan.png"');
  });

  it.each([
    ['Übersicht.pdf', '_bersicht.pdf', '%C3%9Cbersicht.pdf'],
    ['日本語', '___', '%E6%97%A5%E6%9C%AC%E8%AA%9E'],
    ['100%25.txt', '100_25.txt', '100%2525.txt'],
    [`it's (a) *.txt"`, `it's (a) *.txt_`, 'it%27s%20%28a%29%20%2A.txt%22'],
    ['back\\slash', 'back_slash', 'back%5Cslash'],
    ['x\r\nSet-Cookie: a=b', 'x__Set-Cookie: a=b', 'x%0D%0ASet-Cookie%3A%20a%3Db'],
  ])('tells %j in ASCII, and as it is (RFC 5987)', (name, ascii, encoded) => {
    expect(of(name)).toBe(`attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`);
  });
});
