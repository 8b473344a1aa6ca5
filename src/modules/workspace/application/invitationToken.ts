/** What a mailed token of this context opens. */
export const INVITATION_TOKEN = 'invitation';
