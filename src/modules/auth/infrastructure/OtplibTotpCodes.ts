import { generateSecret, generateURI, verify } from 'otplib';
import type { TotpCodes } from '../application/TotpCodes';

const ISSUER = 'Atrium';
/** Seconds by which a clock may be off: one step each way (RFC 6238, section 5.2). */
const TOLERANCE = 30;

export class OtplibTotpCodes implements TotpCodes {
  newSecret(): string {
    return generateSecret();
  }

  url(secret: string, account: string): string {
    return generateURI({ issuer: ISSUER, label: account, secret });
  }

  async stepOf(secret: string, code: string): Promise<number | null> {
    if (!/^\d{6}$/.test(code)) return null;
    const result = await verify({ secret, token: code, epochTolerance: TOLERANCE });
    return result.valid && 'timeStep' in result ? result.timeStep : null;
  }
}
