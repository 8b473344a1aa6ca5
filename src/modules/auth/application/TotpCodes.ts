/** Time-based one-time passwords (RFC 6238), as authenticator apps make them. */
export interface TotpCodes {
  newSecret(): string;
  /** `otpauth://totp/…`, for a QR code. */
  url(secret: string, account: string): string;
  /** The time step of a code that is right now, give or take half a minute; null when it is not. */
  stepOf(secret: string, code: string): Promise<number | null>;
}
