/** An attempt that got no answer, and why. */
export class NotReached extends Error {
  constructor(readonly reason: 'ADDRESS_REFUSED' | 'NAME_NOT_RESOLVED' | 'TIMEOUT' | 'CONNECTION_FAILED') {
    super(`It was not reached: ${reason}.`);
  }
}
