/** The columns of a `UserView` but for its status, which is the account's or a membership's. */
export const ACCOUNT = `
  users.id, users.email, users.name, users.bio, users.timezone, users.locale,
  EXISTS (SELECT FROM avatars WHERE avatars.user_id = users.id) AS "hasAvatar",
  users.email_verified_at IS NOT NULL AS "emailVerified", users.created_at AS "createdAt", users.updated_at AS "updatedAt"`;

/** `SELECT` of a `MemberView`, from `members` and `users`. */
export const MEMBER = `SELECT ${ACCOUNT}, members.status, members.joined_at AS "joinedAt",
  coalesce((
    SELECT json_agg(json_build_object('id', roles.id, 'key', roles.key, 'name', roles.name) ORDER BY roles.key)
    FROM member_roles JOIN roles ON roles.workspace_id = member_roles.workspace_id AND roles.id = member_roles.role_id
    WHERE member_roles.workspace_id = members.workspace_id AND member_roles.user_id = members.user_id
  ), '[]') AS roles`;

export const ACCOUNTS = `SELECT ${ACCOUNT}, users.status`;
