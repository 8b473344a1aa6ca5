import { noContent, ok, done, route, signedIn, type Controller } from '../../../core/presentation/Route';
import type { Preferences } from '../application/Preferences';
import type { PushSubscriptions } from '../application/PushSubscriptions';
import { preferencesInput, preferencesView, pushEndpointInput, pushKeyView, pushSubscriptionInput } from './schemas';

/** How and where a person wants to be told. */
export class PreferenceController implements Controller {
  constructor(
    private readonly notificationPreferences: Preferences,
    private readonly pushSubscriptions: PushSubscriptions,
  ) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/notifications/preferences',
      summary: 'Read on which ways you are told of what',
      access: signedIn(),
      answers: { 200: preferencesView },
      handle: async ({ actor }) => ok({ kinds: await this.notificationPreferences.read(actor) }),
    }),
    route({
      method: 'put',
      path: '/notifications/preferences',
      summary: 'Choose on which ways you are told of what',
      access: signedIn(),
      body: preferencesInput,
      answers: { 200: preferencesView },
      handle: async ({ actor, body }) => {
        await this.notificationPreferences.change(actor, body.kinds);
        return ok({ kinds: await this.notificationPreferences.read(actor) });
      },
    }),
    route({
      method: 'get',
      path: '/notifications/push-key',
      summary: 'Read the key with which a browser subscribes to Web Push; 404 where there is none',
      access: signedIn(),
      answers: { 200: pushKeyView },
      tagged: false,
      handle: async () => done({ publicKey: this.pushSubscriptions.publicKey() }),
    }),
    route({
      method: 'post',
      path: '/notifications/push-subscriptions',
      summary: 'Be told in this browser, too; up to 20 of them, the oldest gives way',
      access: signedIn(),
      body: pushSubscriptionInput,
      answers: { 204: null },
      handle: async ({ actor, body: { endpoint, keys } }) => {
        await this.pushSubscriptions.add(actor, { endpoint, ...keys });
        return noContent();
      },
    }),
    route({
      method: 'delete',
      path: '/notifications/push-subscriptions',
      summary: 'Be told in this browser no more',
      access: signedIn(),
      body: pushEndpointInput,
      answers: { 204: null },
      handle: async ({ actor, body }) => {
        await this.pushSubscriptions.remove(actor, body);
        return noContent();
      },
    }),
  ];
}
