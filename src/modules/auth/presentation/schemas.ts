import Joi from 'joi';
import type { SessionId } from '../../../core/domain/Id';
import { id, moment, parsed } from '../../../core/presentation/schema';
import { emailInput, personNameInput, userView, type EmailAddress, type PersonName } from '../../user';
import { workspaceView } from '../../workspace';
import { Password } from '../domain/Password';

const newPassword = () => parsed(Password, '8 to 128 characters of any kind');
const tokenText = () => Joi.string().max(200);

const tokens = {
  accessToken: Joi.string(),
  tokenType: Joi.string().valid('Bearer'),
  expiresIn: Joi.number().integer().description('Seconds'),
};

export const signedInView = Joi.object({ user: userView, refreshToken: Joi.string(), ...tokens });

export const verifiedView = Joi.object({ user: userView });

export const workspaceTokenView = Joi.object({
  accessToken: Joi.string(),
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
}>({
  email: emailInput().required(),
  password: newPassword().required(),
  name: personNameInput().required(),
  invitationToken: tokenText().description('From the link of an invitation to this address'),
});

export const loginInput = Joi.object<{ email: EmailAddress; password: string }>({
  email: emailInput().required(),
  password: Joi.string().max(1000).required(),
});

/** An answer that tells no more than its status. */
export const nothingView = Joi.object({});

export const mfaRequiredView = Joi.object({ mfaRequired: Joi.boolean().valid(true), mfaToken: Joi.string() });

export const codeInput = Joi.object<{ code: string }>({
  code: Joi.string().max(64).required().description('Six digits from the authenticator app'),
});

export const mfaAnswerInput = Joi.object<{ mfaToken: string; code: string }>({
  mfaToken: tokenText().required(),
  code: Joi.string().max(64).required().description('Six digits from the authenticator app, or a recovery code'),
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

export const refreshInput = Joi.object<{ refreshToken: string }>({ refreshToken: tokenText().required() });

export const verifyEmailInput = Joi.object<{ token: string }>({
  token: tokenText().required().description('From the link in the mail'),
});
