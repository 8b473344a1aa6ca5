import Joi from 'joi';
import { listQuery, type ListQuery } from '../../../../src/core/presentation/pagination';
import { id, moment, parsed } from '../../../../src/core/presentation/schema';
import type { EntityNameContent } from '../domain/EntityName';
import type { EntityNameId } from '../domain/EntityNameId';
import { EntityNameTitle } from '../domain/EntityNameTitle';

const MAX_BODY = 5000;

export const entityNameView = Joi.object({
  id: id('entityName'),
  title: Joi.string(),
  body: Joi.string().allow(''),
  createdBy: id('user').description('A person, or an API key'),
  createdAt: moment(),
  updatedAt: moment(),
  version: Joi.number().integer(),
});

const title = parsed(EntityNameTitle, '1 to 200 characters on one line');
const body = Joi.string().max(MAX_BODY).allow('');

export const entityNameInput = Joi.object<EntityNameContent>({ title: title.required(), body: body.default('') });

/** What is left out stays as it is. */
export const entityNameChanges = Joi.object<Partial<EntityNameContent>>({ title, body }).min(1);

export const entityNameListQuery = listQuery<ListQuery>(['-createdAt']);

export const byEntityNameId = Joi.object<{ id: EntityNameId }>({ id: id('entityName').required() });
