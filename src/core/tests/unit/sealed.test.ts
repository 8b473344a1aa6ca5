import { seal, unseal } from '../../infrastructure/database/sealed';

const KEY = Buffer.alloc(32, 1);

describe('What is sealed', () => {
  it.each(['JBSWY3DPEHPK3PXP', '', 'Grüße, 世界 🔐', 'x'.repeat(10_000)])('opens under its key: %#', (text) => {
    expect(unseal(KEY, seal(KEY, text))).toBe(text);
  });

  it('tells nothing of the text, and looks another way each time', () => {
    const [first, second] = [seal(KEY, 'JBSWY3DPEHPK3PXP'), seal(KEY, 'JBSWY3DPEHPK3PXP')];
    expect(first.equals(second)).toBe(false);
    expect(first.includes('JBSWY3DP')).toBe(false);
  });

  it('opens under no other key', () => {
    expect(() => unseal(Buffer.alloc(32, 2), seal(KEY, 'secret'))).toThrow();
  });

  it('does not open once any byte of it was changed, or is missing', () => {
    const sealed = seal(KEY, 'secret');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(255 - changed.readUInt8(index), index);
      expect(() => unseal(KEY, changed)).toThrow();
      expect(() => unseal(KEY, sealed.subarray(0, index))).toThrow();
    }
  });
});
