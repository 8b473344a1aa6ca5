import type { Config } from '../../src/core/config/Config';
import type { AtriumModule } from '../../src/core/bootstrap/module';
import type { PublicNetwork } from '../../src/core/infrastructure/network/PublicNetwork';
import { modules } from '../../src/modules';
import { WebPushSender } from '../../src/modules/notification/infrastructure/WebPushSender';
import { PUSH_SERVICE_CERTIFICATE } from './PushService';

/** Web Push that reaches this machine, too. */
class LocalPushSender extends WebPushSender {
  protected override readonly reach = { allowPrivate: true, ca: PUSH_SERVICE_CERTIFICATE };

  constructor(vapidKey: Buffer, mail: Config['mail'], publicNetwork: PublicNetwork) {
    super({ enabled: true }, vapidKey, mail, publicNetwork);
  }
}

/** The platform's modules, with Web Push to this machine. */
export const modulesWithLocalPush: readonly AtriumModule[] = modules.map((module) =>
  module.name === 'notification'
    ? { ...module, services: { ...module.services, pushSender: LocalPushSender } }
    : module,
);
