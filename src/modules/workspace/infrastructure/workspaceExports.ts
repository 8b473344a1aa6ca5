import { randomBytes } from 'node:crypto';
import { asIs, checked, exported, idOf, neverLeaves, notExported } from '../../../core/application/TableExport';
import { EmailAddress } from '../../user';
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
    invited_by: idOf('users'),
    // The link that was mailed leads to the other installation. This opens nothing; sending it again makes a new one.
    token_hash: neverLeaves(() => randomBytes(32).toString('base64url')),
    status: asIs,
    created_at: asIs,
    expires_at: asIs,
    version: asIs,
  }),
  notExported('member_trigrams', 'Triggers make it from members and accounts.'),
];
