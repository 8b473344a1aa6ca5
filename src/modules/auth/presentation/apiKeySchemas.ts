import Joi from 'joi';
import { listQuery, type ListQuery } from '../../../core/presentation/pagination';
import { id, moment, momentInput, parsed } from '../../../core/presentation/schema';
import type { ApiKeyId } from '../domain/ApiKeyId';
import { ApiKeyName } from '../domain/ApiKeyName';

const apiKey = {
  id: id('apiKey'),
  name: Joi.string(),
  role: Joi.string().description('The key of its role'),
  prefix: Joi.string().description('How the key begins'),
  createdBy: id('user').description('A person, or another key'),
  createdAt: moment(),
  expiresAt: moment().allow(null),
  lastUsedAt: moment().allow(null).description('To the minute'),
};

export const apiKeyView = Joi.object(apiKey);

export const newApiKeyView = Joi.object({ ...apiKey, key: Joi.string().description('The key itself, this once') });

export const apiKeyInput = Joi.object<{ name: ApiKeyName; role: string; expiresAt?: Date | null }>({
  name: parsed(ApiKeyName, '1 to 100 characters on one line').required(),
  role: Joi.string().max(64).required().description('The key of a role that holds no more than your own; not `owner`'),
  expiresAt: momentInput().allow(null).description('Within five years; without it the key holds until it is revoked'),
});

export const apiKeyListQuery = listQuery<ListQuery>(['createdAt']);

export const byApiKeyId = Joi.object<{ id: ApiKeyId }>({ id: id('apiKey').required() });
