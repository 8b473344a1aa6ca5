import { OtplibTotpCodes } from '../../infrastructure/OtplibTotpCodes';

/** The key of RFC 6238, appendix B, `12345678901234567890`, in base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('OtplibTotpCodes', () => {
  const codes = new OtplibTotpCodes();

  const at = (seconds: number) => jest.useFakeTimers({ now: seconds * 1000, doNotFake: ['nextTick', 'setImmediate'] });

  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_111_111_111, '050471', 37_037_037],
    [1_234_567_890, '005924', 41_152_263],
    [2_000_000_000, '279037', 66_666_666],
  ])('knows the codes of RFC 6238: at %i s, %s', async (seconds, code, step) => {
    at(seconds);
    await expect(codes.stepOf(SECRET, code)).resolves.toBe(step);
  });

  it.each([
    [-51, null],
    [-50, 66_666_666],
    [0, 66_666_666],
    [39, 66_666_666],
    [40, null],
  ])('allows for a clock that is off by a step: %i s', async (offset, step) => {
    at(2_000_000_000 + offset);
    await expect(codes.stepOf(SECRET, '279037')).resolves.toBe(step);
  });

  it.each(['', '27903', '2790371', '279 037', ' 279037', '279037\n', '２７９０３７', 'abcdef', '279038'])(
    'refuses %j',
    async (code) => {
      at(2_000_000_000);
      await expect(codes.stepOf(SECRET, code)).resolves.toBeNull();
    },
  );

  it('makes secrets of at least 128 bits (RFC 4226, section 4), others each time', () => {
    const [first, second] = [codes.newSecret(), codes.newSecret()];
    expect(first).toMatch(/^[A-Z2-7]{26,}$/);
    expect(second).not.toBe(first);
  });

  it('tells an app the account and the secret', () => {
    const url = new URL(codes.url(SECRET, 'ada+1@example.com'));
    expect(url.protocol).toBe('otpauth:');
    expect(url.host).toBe('totp');
    expect(decodeURIComponent(url.pathname)).toBe('/Atrium:ada+1@example.com');
    expect(url.searchParams.get('secret')).toBe(SECRET);
    expect(url.searchParams.get('issuer')).toBe('Atrium');
  });
});
