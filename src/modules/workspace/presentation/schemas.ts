import Joi from 'joi';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { listQuery, type ListQuery } from '../../../core/presentation/pagination';
import { id, moment, parsed } from '../../../core/presentation/schema';
import { emailInput, type EmailAddress } from '../../user';
import { Slug } from '../domain/Slug';
import { WorkspaceName } from '../domain/WorkspaceName';

const workspace = {
  id: id('workspace'),
  name: Joi.string(),
  slug: Joi.string(),
  description: Joi.string().allow(null, ''),
  settings: Joi.object().unknown(),
  ownerId: id('user'),
  createdAt: moment(),
  updatedAt: moment(),
};

export const workspaceView = Joi.object(workspace);

export const myWorkspaceView = Joi.object({ ...workspace, roles: Joi.array().items(Joi.string()) });

export const workspaceInput = Joi.object<{ name: WorkspaceName; slug?: Slug; description?: string | null }>({
  name: parsed(WorkspaceName, '1 to 100 characters on one line').required(),
  slug: parsed(Slug, '3 to 50 of a-z, 0-9 and hyphens between them; made from the name by default'),
  description: Joi.string().max(2000).allow(null, ''),
});

export const workspaceListQuery = listQuery<ListQuery>(['name', 'joinedAt']);

export const invitationView = Joi.object({
  id: id('invitation'),
  email: Joi.string(),
  role: Joi.string(),
  invitedBy: id('user'),
  status: Joi.string().valid('pending', 'accepted', 'revoked'),
  createdAt: moment(),
  expiresAt: moment(),
});

export const invitationInput = Joi.object<{ email: EmailAddress; role: string }>({
  email: emailInput().required(),
  role: Joi.string().max(64).required().description('The key of a role'),
});

export const tokenInput = Joi.object<{ token: string }>({
  token: Joi.string().max(200).required().description('From the link in the mail'),
});

export const byMember = Joi.object<{ id: WorkspaceId; userId: UserId }>({
  id: id('workspace').required(),
  userId: id('user').required(),
});

export const roomInput = Joi.object<{ workspaceId: WorkspaceId }>({ workspaceId: id('workspace').required() });
