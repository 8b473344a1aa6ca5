/** Whether a person may use their account, or their membership of a workspace. */
export type UserStatus = 'active' | 'inactive' | 'banned';
