import { randomBytes } from 'node:crypto';
import {
  asIs,
  checked,
  exported,
  idOf,
  mentionsIds,
  neverLeaves,
  notExported,
} from '../../../core/application/TableExport';
import { EmailAddress } from '../../user';
import { EmailDomain } from '../domain/EmailDomain';
import { Slug } from '../domain/Slug';
import { WorkspaceName } from '../domain/WorkspaceName';

export const workspaceExports = [
  exported('workspaces', ['id'], {
    id: idOf('workspaces'),
    name: checked(WorkspaceName),
    slug: checked(Slug),
    description: asIs,
    settings: asIs,
    owner_id: idOf('users'),
    // What the platform there thought of it, and that it was deleted there, says nothing here.
    status: neverLeaves(),
    suspension_reason: neverLeaves(),
    deleted_at: neverLeaves(),
    created_at: asIs,
    updated_at: asIs,
    version: asIs,
  }),
  exported('members', ['user_id'], {
    user_id: idOf('users'),
    status: asIs,
    joined_at: asIs,
    version: asIs,
  }),
  exported('invitations', ['id'], {
    id: idOf('invitations'),
    email: checked(EmailAddress),
    role: asIs,
    // An API key, too.
    invited_by: mentionsIds,
    // The link that was mailed leads to the other installation. This opens nothing; sending it again makes a new one.
    token_hash: neverLeaves(() => randomBytes(32).toString('base64url')),
    status: asIs,
    created_at: asIs,
    expires_at: asIs,
    mailing: asIs,
    sent_at: asIs,
    version: asIs,
  }),
  exported('ownership_offers', ['id'], {
    id: idOf('ownership_offers'),
    offered_by: idOf('users'),
    user_id: idOf('users'),
    status: asIs,
    created_at: asIs,
    expires_at: asIs,
    version: asIs,
  }),
  exported('allowed_email_domains', ['domain'], { domain: checked(EmailDomain) }),
  exported('departures', ['user_id'], { user_id: idOf('users') }),
  notExported('member_trigrams', 'Triggers make it from members and accounts.'),
];
