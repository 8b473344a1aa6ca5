import { accepted, anyone, noContent, route, signedIn, type Controller } from '../../../core/presentation/Route';
import type { ChangePassword } from '../application/ChangePassword';
import type { ForgotPassword } from '../application/ForgotPassword';
import type { ResetPassword } from '../application/ResetPassword';
import { changePasswordInput, emailOnlyInput, nothingView, resetInput } from './schemas';

export class PasswordController implements Controller {
  constructor(
    private readonly forgotPassword: ForgotPassword,
    private readonly resetPassword: ResetPassword,
    private readonly changePassword: ChangePassword,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/auth/forgot-password',
      summary: 'Ask for a link to choose a new password; the answer is the same for every address',
      access: anyone(),
      rateLimit: 'credentials',
      body: emailOnlyInput,
      answers: { 202: nothingView },
      handle: async ({ body }) => {
        await this.forgotPassword.execute(body);
        return accepted();
      },
    }),
    route({
      method: 'post',
      path: '/auth/reset-password',
      summary: 'Choose a new password with the token that was mailed; ends all sessions',
      access: anyone(),
      rateLimit: 'credentials',
      body: resetInput,
      answers: { 204: null },
      handle: async ({ body }) => {
        await this.resetPassword.execute(body);
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/auth/change-password',
      summary: 'Change your password; ends all other sessions',
      access: signedIn(),
      rateLimit: 'credentials',
      body: changePasswordInput,
      answers: { 204: null },
      handle: async ({ actor, body }) => {
        await this.changePassword.execute(actor, body);
        return noContent();
      },
    }),
  ];
}
