import type { DeliveryFailure } from '../domain/Delivery';

/** An attempt that got no answer, and why. */
export class NotSent extends Error {
  constructor(readonly failure: DeliveryFailure) {
    super(failure);
  }
}
