import Joi from 'joi';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { listQuery, type ListQuery } from '../../../core/presentation/pagination';
import { id, moment, parsed } from '../../../core/presentation/schema';
import { CURSOR } from '../../../core/presentation/sockets/EventRooms';
import { emailInput, localeInput, timezoneInput, type EmailAddress } from '../../user';
import type { AdminWorkspaceFilters, InvitationFilters } from '../application/WorkspaceQueries';
import { EmailDomain } from '../domain/EmailDomain';
import type { InvitationId } from '../domain/InvitationId';
import { Slug } from '../domain/Slug';
import type { WorkspaceChanges } from '../domain/Workspace';
import { WorkspaceName } from '../domain/WorkspaceName';
import type { SettingsChanges } from '../domain/WorkspaceSettings';
import type { WorkspaceStatus } from '../domain/WorkspaceStatus';

/** An answer must hold all that its schema names; of settings it holds those that were set. */
const settings = {
  locale: localeInput().optional().description('BCP 47 language tag; `en` by default'),
  timezone: timezoneInput().optional().description('IANA time zone; `UTC` by default'),
  defaultRole: Joi.string()
    .max(64)
    .optional()
    .description('The key of the role of whoever joins by their e-mail domain; `member` by default, never `owner`'),
  allowedEmailDomains: Joi.array()
    .items(parsed(EmailDomain, 'A domain of e-mail addresses, none where anybody gets a mailbox'))
    .max(20)
    .unique()
    .optional()
    .description(
      'Whoever proves an address of one of these domains becomes a member. Only owners set it, each to the domain of ' +
        'their own verified address',
    ),
  limits: Joi.object({
    maxMembers: Joi.number()
      .integer()
      .min(1)
      .max(1_000_000)
      .optional()
      .description('Nobody joins beyond it; none by default'),
    maxFileBytes: Joi.number()
      .integer()
      .min(0)
      .optional()
      .description('What the files may take together, if that is less than the quota of the platform'),
  }).optional(),
};

const settingsView = Joi.object(settings).description('What was set; everything else is as by default');

const settingsInput = Joi.object<SettingsChanges>(
  Object.fromEntries(Object.entries(settings).map(([name, schema]) => [name, schema.allow(null)])),
).description(
  'Each setting that is named is replaced as a whole, null takes it back to its default; those not named stay',
);

const statusInput = () => Joi.string().valid('active', 'suspended');

const workspace = {
  id: id('workspace'),
  name: Joi.string(),
  slug: Joi.string(),
  description: Joi.string().allow(null, ''),
  settings: settingsView,
  ownerId: id('user'),
  createdAt: moment(),
  updatedAt: moment(),
};

export const workspaceView = Joi.object(workspace);

export const myWorkspaceView = Joi.object({
  ...workspace,
  roles: Joi.array().items(Joi.string()),
  status: statusInput(),
  deletedAt: moment().allow(null),
});

const descriptionInput = () => Joi.string().max(2000).allow(null, '');

export const workspaceInput = Joi.object<{ name: WorkspaceName; slug?: Slug; description?: string | null }>({
  name: parsed(WorkspaceName, '1 to 100 characters on one line').required(),
  slug: parsed(Slug, '3 to 50 of a-z, 0-9 and hyphens between them; made from the name by default'),
  description: descriptionInput(),
});

export const workspaceChangeInput = Joi.object<
  Omit<WorkspaceChanges, 'settings'> & { readonly settings?: SettingsChanges }
>({
  name: parsed(WorkspaceName, '1 to 100 characters on one line'),
  slug: parsed(Slug, '3 to 50 of a-z, 0-9 and hyphens between them'),
  description: descriptionInput(),
  settings: settingsInput,
}).min(1);

export const workspaceListQuery = listQuery<ListQuery & { deleted: boolean }>(['name', 'joinedAt'], {
  deleted: Joi.boolean().default(false).description('Those that were deleted, and that you can restore as an owner'),
});

export const adminWorkspaceView = Joi.object({
  id: id('workspace'),
  name: Joi.string(),
  slug: Joi.string(),
  ownerId: id('user'),
  status: statusInput(),
  suspensionReason: Joi.string().allow(null),
  createdAt: moment(),
  updatedAt: moment(),
  deletedAt: moment().allow(null),
});

export const adminWorkspaceListQuery = listQuery<ListQuery & AdminWorkspaceFilters>(['createdAt', 'name'], {
  status: Joi.string().valid('active', 'suspended', 'deleted'),
  q: Joi.string().min(1).max(100).description('Part of the name or the slug'),
});

export const workspaceStatusInput = Joi.object<{ status: WorkspaceStatus; reason?: string }>({
  status: statusInput().required(),
  reason: Joi.string().max(500),
});

const invitationStatus = () => Joi.string().valid('pending', 'expired', 'accepted', 'revoked');

export const invitationView = Joi.object({
  id: id('invitation'),
  email: Joi.string(),
  role: Joi.string(),
  invitedBy: id('user'),
  status: invitationStatus(),
  sentAt: moment(),
  createdAt: moment(),
  expiresAt: moment(),
});

export const invitationListQuery = listQuery<ListQuery & InvitationFilters>(['createdAt'], {
  status: invitationStatus(),
});

export const invitationInput = Joi.object<{ email: EmailAddress; role: string }>({
  email: emailInput().required(),
  role: Joi.string().max(64).required().description('The key of a role'),
});

export const tokenInput = Joi.object<{ token: string }>({
  token: Joi.string().max(200).required().description('From the link in the mail'),
});

export const byInvitation = Joi.object<{ id: WorkspaceId; invitationId: InvitationId }>({
  id: id('workspace').required(),
  invitationId: id('invitation').required(),
});

export const ownershipOfferView = Joi.object({
  id: id('ownershipOffer'),
  offeredBy: id('user'),
  userId: id('user'),
  createdAt: moment(),
  expiresAt: moment(),
});

export const ownershipOfferInput = Joi.object<{ userId: UserId }>({
  userId: id('user').required().description('An active member with a verified address'),
});

export const roomInput = Joi.object<{ workspaceId: WorkspaceId }>({ workspaceId: id('workspace').required() });

export const joinInput = Joi.object<{ workspaceId: WorkspaceId; after?: string }>({
  workspaceId: id('workspace').required(),
  after: CURSOR,
});
