import Joi from 'joi';
import { parsed } from '../../../core/presentation/schema';
import { ReturnPath } from '../domain/ReturnPath';

export const byProvider = Joi.object<{ provider: string }>({
  provider: Joi.string().max(64).required().description('The name of a provider in the configuration'),
});

export const providerSignInQuery = Joi.object<{ returnTo: ReturnPath }>({
  returnTo: parsed(ReturnPath, 'Where to go on once signed in: a path of the front end').default('/'),
});

const text = () => Joi.string().max(2000);

/** What providers send: code or error, state and issuer (RFC 6749, RFC 9207), and what some of them add. */
export const providerAnswer = Joi.object<Record<string, string>>({
  code: text(),
  error: text(),
  error_description: text().allow(''),
  error_uri: text().allow(''),
  state: text().required(),
  iss: text(),
  session_state: text().allow(''),
  scope: text().allow(''),
  authuser: text().allow(''),
  hd: text().allow(''),
  prompt: text().allow(''),
}).xor('code', 'error');
