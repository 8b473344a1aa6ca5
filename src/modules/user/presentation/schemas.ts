import Joi from 'joi';
import { listQuery, type ListQuery } from '../../../core/presentation/pagination';
import { id, moment, parsed } from '../../../core/presentation/schema';
import type { AccountFilters, MemberFilters } from '../application/UserQueries';
import { EmailAddress } from '../domain/EmailAddress';
import { PersonName } from '../domain/PersonName';
import { Timezone } from '../domain/Timezone';
import type { Profile } from '../domain/User';
import type { UserStatus } from '../domain/UserStatus';

export const emailInput = () => parsed(EmailAddress, 'E-mail address; upper and lower case are the same');
export const personNameInput = () => parsed(PersonName, '1 to 100 characters on one line');

export const timezoneInput = () => parsed(Timezone, 'IANA time zone');
export const localeInput = () =>
  Joi.string().pattern(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, 'a BCP 47 language tag');

export const statusInput = () => Joi.string().valid('active', 'inactive', 'banned');

const account = {
  id: id('user'),
  email: Joi.string(),
  name: Joi.string(),
  bio: Joi.string().allow(null, ''),
  timezone: Joi.string(),
  locale: Joi.string(),
  avatarUrl: Joi.string().allow(null),
  status: statusInput(),
  emailVerified: Joi.boolean(),
  createdAt: moment(),
  updatedAt: moment(),
};

export const userView = Joi.object(account);

export const memberView = Joi.object({
  ...account,
  roles: Joi.array().items(Joi.object({ id: id('role'), key: Joi.string(), name: Joi.string() })),
  joinedAt: moment(),
});

export const profileInput = Joi.object<Partial<Profile>>({
  name: personNameInput(),
  bio: Joi.string().max(2000).allow(null, ''),
  timezone: timezoneInput(),
  locale: localeInput(),
}).min(1);

export const memberListQuery = listQuery<ListQuery & MemberFilters>(['joinedAt', 'name', 'email'], {
  status: statusInput(),
  role: Joi.string().max(64),
});

export const memberSearchQuery = Joi.object<{ q: string; limit: number }>({
  q: Joi.string().min(1).max(100).required().description('Part of a name or an address, typing errors included'),
  limit: Joi.number().integer().min(1).max(100).default(20),
});

export const accountListQuery = listQuery<ListQuery & AccountFilters>(['createdAt'], {
  status: statusInput(),
  q: Joi.string().min(1).max(254).description('Part of an e-mail address'),
});

/** A new status, of an account or a membership, and why. */
export const statusChangeInput = Joi.object<{ status: UserStatus; reason?: string }>({
  status: statusInput().required(),
  reason: Joi.string().max(500),
});
