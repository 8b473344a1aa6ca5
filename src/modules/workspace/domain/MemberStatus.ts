/** Only an active member gets into the workspace. */
export type MemberStatus = 'active' | 'inactive' | 'banned';
