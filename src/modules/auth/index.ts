/** What other modules may use of authentication: nothing yet; it is asked through core's `Authenticator`. */
export {};
