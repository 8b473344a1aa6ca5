import { createECDH } from 'node:crypto';
import { PushEndpoint } from '../../domain/PushEndpoint';
import { authSecret, p256dhKey } from '../../domain/pushKeys';

describe('A push endpoint', () => {
  it('is an https URL', () => {
    expect(PushEndpoint('https://Push.example.com/a?b')).toBe('https://push.example.com/a?b');
  });

  it.each([
    'http://push.example.com/',
    'https://a:b@push.example.com/',
    'file:///etc',
    'push',
    `https://a/${'x'.repeat(1000)}`,
  ])('is not %s', (raw) => {
    expect(() => PushEndpoint(raw)).toThrow('endpoint');
  });
});

describe('The keys of a browser', () => {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();

  it('are a point on the curve and 16 bytes', () => {
    expect(p256dhKey(ecdh.getPublicKey('base64url'))).toBe(ecdh.getPublicKey('base64url'));
    expect(authSecret('A'.repeat(22))).toBe('A'.repeat(22));
  });

  it.each([ecdh.getPublicKey('base64url', 'compressed'), Buffer.alloc(65, 4).toString('base64url'), 'key', ''])(
    'are not %s',
    (raw) => {
      expect(() => p256dhKey(raw)).toThrow('p256dh');
      expect(() => authSecret(raw)).toThrow('auth');
    },
  );
});
