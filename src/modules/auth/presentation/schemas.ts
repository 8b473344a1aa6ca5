import Joi from 'joi';
import type { SessionId } from '../../../core/domain/Id';
import { id, moment, parsed } from '../../../core/presentation/schema';
import { emailInput, personNameInput, userView, type EmailAddress, type PersonName } from '../../user';
import { workspaceView } from '../../workspace';
import { Password } from '../domain/Password';

const newPassword = () => parsed(Password, '8 to 128 characters of any kind');
const tokenText = () => Joi.string().max(200);

const tokens = {
  tokenType: Joi.string().valid('Bearer'),
  expiresIn: Joi.number().integer().description('Seconds'),
};

/** Where the tokens of a session are to come: in the body, or for browsers in cookies that no script can read. */
export type Transport = 'body' | 'cookie';

const transport = () =>
  Joi.string()
    .valid('body', 'cookie')
    .description('Where the tokens come: in the body, by default, or in httpOnly cookies');

/** Who signed in; without the tokens when they come in cookies. */
export const signedInView = Joi.object({
  user: userView,
  accessToken: Joi.string().optional(),
  refreshToken: Joi.string().optional(),
  tokenType: tokens.tokenType.optional(),
  expiresIn: tokens.expiresIn,
});

export const verifiedView = Joi.object({ user: userView });

export const workspaceTokenView = Joi.object({
  accessToken: Joi.string().optional().description('Comes in a cookie to who signed in by cookies'),
  expiresIn: tokens.expiresIn,
  workspace: workspaceView,
  roles: Joi.array().items(Joi.string()),
  permissions: Joi.array().items(Joi.string()),
});

export const registerInput = Joi.object<{
  email: EmailAddress;
  password: Password;
  name: PersonName;
  invitationToken?: string;
  transport?: Transport;
}>({
  email: emailInput().required(),
  password: newPassword().required(),
  name: personNameInput().required(),
  invitationToken: tokenText().description('From the link of an invitation to this address'),
  transport: transport(),
});

export const loginInput = Joi.object<{ email: EmailAddress; password: string; transport?: Transport }>({
  email: emailInput().required(),
  password: Joi.string().max(1000).required(),
  transport: transport(),
});

/** An answer that tells no more than its status. */
export const nothingView = Joi.object({});

export const mfaRequiredView = Joi.object({ mfaRequired: Joi.boolean().valid(true), mfaToken: Joi.string() });

export const codeInput = Joi.object<{ code: string }>({
  code: Joi.string().max(64).required().description('Six digits from the authenticator app'),
});

export const mfaAnswerInput = Joi.object<{ mfaToken: string; code: string; transport?: Transport }>({
  mfaToken: tokenText().required(),
  code: Joi.string().max(64).required().description('Six digits from the authenticator app, or a recovery code'),
  transport: transport(),
});

export const passwordInput = Joi.object<{ password: string }>({ password: Joi.string().max(1000).required() });

export const emailOnlyInput = Joi.object<{ email: EmailAddress }>({ email: emailInput().required() });

export const resetInput = Joi.object<{ token: string; password: Password }>({
  token: tokenText().required().description('From the link in the mail'),
  password: newPassword().required(),
});

export const changePasswordInput = Joi.object<{ currentPassword: string; newPassword: Password }>({
  currentPassword: Joi.string().max(1000).required(),
  newPassword: newPassword().required(),
});

export const sessionView = Joi.object({
  id: id('session'),
  device: Joi.string().allow(''),
  ip: Joi.string(),
  createdAt: moment(),
  lastUsedAt: moment(),
  current: Joi.boolean().description('Whether it is the session that asks'),
});

export const bySessionId = Joi.object<{ id: SessionId }>({ id: id('session').required() });

export const refreshInput = Joi.object<{ refreshToken?: string }>({
  refreshToken: tokenText().description('Left out by those who have it in a cookie'),
});

export const csrfTokenView = Joi.object({ csrfToken: Joi.string().description('For the header X-CSRF-Token') });

export const verifyEmailInput = Joi.object<{ token: string }>({
  token: tokenText().required().description('From the link in the mail'),
});
