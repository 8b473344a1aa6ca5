/** What the answer of a provider is held against; it is for the browser that began, and for nobody else. */
export interface AnswerChecks {
  /** Comes back with the answer: it was this sign-in that was answered. */
  readonly state: string;
  /** Comes back in the ID token: the token was made for this sign-in (OpenID Connect Core, section 3.1.2.1). */
  readonly nonce: string;
  /** Redeems the code: nobody else can (RFC 7636). */
  readonly codeVerifier: string;
}

/** What a provider tells about a person, once it is proven that the provider says so. */
export interface ProvenIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  /** Whether the provider has made sure that the address is the person's. */
  readonly emailVerified: boolean;
  readonly name: string | null;
}

/** The OpenID Connect providers of the configuration, by their names. */
export interface IdentityProviders {
  /** @throws NotFoundError */
  assertKnown(provider: string): void;

  /**
   * Begins a sign-in by the authorization code flow.
   * @returns where to send the browser, and what its answer is to be held against
   * @throws NotFoundError, UnavailableError
   */
  start(provider: string): Promise<{ readonly url: string; readonly checks: AnswerChecks }>;

  /**
   * @param answer the parameters that the browser came back with
   * @throws NotFoundError, UnavailableError, ForbiddenError `PERMISSION_DENIED` when the person cancelled it there,
   * ValidationError `INVALID_TOKEN` when the answer is not the one to this sign-in, or was used before
   */
  finish(provider: string, answer: Readonly<Record<string, string>>, checks: AnswerChecks): Promise<ProvenIdentity>;
}
