import type { Condition, HealthCheck } from '../../application/Health';
import type { AmqpBroker } from './AmqpBroker';

/** Without its broker the platform serves on, and events wait as jobs. */
export class BrokerHealth implements HealthCheck {
  readonly name = 'broker';

  constructor(private readonly broker: AmqpBroker) {}

  async check(): Promise<{ condition: Condition; detail?: string }> {
    if (this.broker.isUp) return { condition: 'up' };
    return { condition: 'degraded', detail: 'Events wait until the message broker is back.' };
  }
}
