import { seal, unseal } from '../../../core/infrastructure/database/sealed';
import type { StartedSignIn, StartedSignIns } from '../application/StartedSignIns';

/** Encrypted and authenticated, as base64url. */
export class SealedSignIns implements StartedSignIns {
  constructor(private readonly oidcKey: Buffer) {}

  seal(signIn: StartedSignIn): string {
    return seal(this.oidcKey, JSON.stringify(signIn)).toString('base64url');
  }

  open(sealed: string): StartedSignIn | null {
    try {
      const signIn = JSON.parse(unseal(this.oidcKey, Buffer.from(sealed, 'base64url'))) as StartedSignIn;
      return { ...signIn, expiresAt: new Date(signIn.expiresAt) };
    } catch {
      return null;
    }
  }
}
