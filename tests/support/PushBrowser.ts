import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

/** A browser's side of Web Push (RFC 8291): its keys, and what it reads of a message. */
export class PushBrowser {
  private readonly keys = createECDH('prime256v1');

  private readonly auth = randomBytes(16);

  private readonly publicKey = this.keys.generateKeys();

  /** What it subscribes with, at an address of its push service. */
  subscription(endpoint: string): object {
    const keys = { p256dh: this.publicKey.toString('base64url'), auth: this.auth.toString('base64url') };
    return { endpoint, expirationTime: null, keys };
  }

  /** @throws Error unless the message was made for it */
  read(body: Buffer): unknown {
    const salt = body.subarray(0, 16);
    const sender = body.subarray(21, 21 + (body[20] ?? 0));
    const content = body.subarray(21 + sender.length);
    const derive = (from: Buffer, with_: Buffer, info: Buffer | string, bytes: number): Buffer =>
      Buffer.from(hkdfSync('sha256', from, with_, info, bytes));
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.publicKey, sender]);
    const input = derive(this.keys.computeSecret(sender), this.auth, info, 32);
    const key = derive(input, salt, 'Content-Encoding: aes128gcm\0', 16);
    const decipher = createDecipheriv('aes-128-gcm', key, derive(input, salt, 'Content-Encoding: nonce\0', 12));
    decipher.setAuthTag(content.subarray(-16));
    const text = Buffer.concat([decipher.update(content.subarray(0, -16)), decipher.final()]).toString();
    return JSON.parse(text.slice(0, text.lastIndexOf('\u0002')));
  }
}
