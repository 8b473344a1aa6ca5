import type { Config } from '../../src/core/config/Config';
import type { AtriumModule } from '../../src/core/bootstrap/module';
import { modules } from '../../src/modules';
import { PublicNetwork } from '../../src/modules/notification/infrastructure/PublicNetwork';
import { WebPushSender } from '../../src/modules/notification/infrastructure/WebPushSender';
import { PUSH_SERVICE_CERTIFICATE } from './PushService';

/** Web Push that reaches this machine, too. */
class LocalPushSender extends WebPushSender {
  protected override readonly network = new PublicNetwork(() => true, { ca: PUSH_SERVICE_CERTIFICATE });

  constructor(vapidKey: Buffer, mail: Config['mail']) {
    super({ enabled: true }, vapidKey, mail);
  }
}

/** The platform's modules, with Web Push to this machine. */
export const modulesWithLocalPush: readonly AtriumModule[] = modules.map((module) =>
  module.name === 'notification'
    ? { ...module, services: { ...module.services, pushSender: LocalPushSender } }
    : module,
);
