import Joi from 'joi';
import { done, noContent, route, signedIn, type Controller } from '../../../core/presentation/Route';
import type { ConfirmTotp } from '../application/ConfirmTotp';
import type { EnrollTotp } from '../application/EnrollTotp';
import type { RemoveTotp } from '../application/RemoveTotp';
import { codeInput, passwordInput } from './schemas';

export class MfaController implements Controller {
  constructor(
    private readonly enrollTotp: EnrollTotp,
    private readonly confirmTotp: ConfirmTotp,
    private readonly removeTotp: RemoveTotp,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/auth/mfa/totp',
      summary: 'Get a secret for an authenticator app',
      access: signedIn(),
      answers: { 200: Joi.object({ secret: Joi.string(), otpauthUrl: Joi.string() }) },
      handle: async ({ actor }) => done(await this.enrollTotp.execute(actor)),
    }),
    route({
      method: 'post',
      path: '/auth/mfa/totp/confirm',
      summary: 'Put the second factor in force with its first code; tells the recovery codes this once',
      access: signedIn(),
      body: codeInput,
      answers: { 200: Joi.object({ recoveryCodes: Joi.array().items(Joi.string()) }) },
      handle: async ({ actor, body }) => done(await this.confirmTotp.execute(actor, body)),
    }),
    route({
      method: 'delete',
      path: '/auth/mfa/totp',
      summary: 'Take the second factor away',
      access: signedIn(),
      rateLimit: 'credentials',
      body: passwordInput,
      answers: { 204: null },
      handle: async ({ actor, body }) => {
        await this.removeTotp.execute(actor, body);
        return noContent();
      },
    }),
  ];
}
