/* What the tests use of oidc-provider, which brings no type declarations. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  namespace Provider {
    interface Grant {
      addOIDCScope(scope: string): void;
      save(): Promise<string>;
    }

    interface Context {
      readonly oidc: {
        readonly provider: { readonly Grant: new (grant: { clientId: string; accountId: string }) => Grant };
        readonly client: { readonly clientId: string };
        readonly session: { readonly accountId: string };
      };
    }
  }

  class Provider {
    constructor(issuer: string, configuration: object);
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
  }

  export = Provider;
}
