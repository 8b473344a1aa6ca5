import type { ApiAnswer } from './ApiClient';
import { eventually } from './eventually';
import { loggedEvents } from './loggedEvents';
import type { Person } from './people';
import type { TestPlatform } from './testPlatform';

export function invite({ api }: Person, workspaceId: string, email: unknown, role = 'member'): Promise<ApiAnswer> {
  return api.post(`/workspaces/${workspaceId}/members/invite`, { email, role });
}

export function accept({ api }: Person, workspaceId: string, token: unknown): Promise<ApiAnswer> {
  return api.post(`/workspaces/${workspaceId}/members/accept`, { token });
}

/** The token of the newest invitation that was mailed to an address, once so many of them have arrived. */
export function invitationToken(platform: TestPlatform, email: string, invitations = 1): Promise<string> {
  return eventually(async () => {
    const mails = (await platform.mailsTo(email)).filter(({ subject }) => subject.includes('invites'));
    expect(mails).toHaveLength(invitations);
    const token = new URL(mails[0]?.links[0] ?? '').searchParams.get('token');
    expect(token).toMatch(/^[\w-]{43}$/);
    return token ?? '';
  });
}

/** What the log of a workspace tells of a person who joined. */
export async function joinings(platform: TestPlatform, workspaceId: string, { id }: Person): Promise<object[]> {
  return (await loggedEvents(platform, workspaceId, 'workspace.member-joined')).filter(({ by }) => by === id);
}
