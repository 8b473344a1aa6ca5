import type { ReturnPath } from '../domain/ReturnPath';
import type { AnswerChecks } from './IdentityProviders';

/** A sign-in for whose answer from a provider a browser waits. */
export interface StartedSignIn extends AnswerChecks {
  readonly provider: string;
  readonly returnTo: ReturnPath;
  readonly expiresAt: Date;
}

/** Turns sign-ins that have begun into what their browser can keep, and neither read nor change. */
export interface StartedSignIns {
  seal(signIn: StartedSignIn): string;
  /** Null for anything that was not sealed here. */
  open(sealed: string): StartedSignIn | null;
}
