import { randomBytes, randomUUID } from 'node:crypto';
import { ApiCaller } from './ApiCaller';
import { RoomSocket } from './RoomSocket';
import type { Screen } from './Screen';

interface Person {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

interface SignedIn {
  readonly user: { readonly id: string; readonly emailVerified: boolean };
  readonly accessToken: string;
}

interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly ownerId: string;
}

interface Member {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly { readonly key: string }[];
}

/** The whole journey, from the first account to a stranger before closed doors. @throws StepFailed */
export async function playDemo(address: string, screen: Screen): Promise<void> {
  const api = new ApiCaller(address, screen);
  const sockets: RoomSocket[] = [];
  const connect = async ({ token }: Person): Promise<RoomSocket> => {
    const socket = await RoomSocket.connect(address, token, screen);
    sockets.push(socket);
    return socket;
  };

  try {
    screen.chapter('Ada opens an account, and proves her address by the mail she gets');
    const ada = await register(api, 'Ada Lovelace');
    const verified = await api.call<Pick<SignedIn, 'user'>>('/auth/verify-email', {
      body: { token: await api.mailedToken(ada.email, /confirm/i) },
      tell: ({ user }) => `emailVerified ${user.emailVerified}`,
    });
    screen.holds('the address counts as verified', verified.user.emailVerified);

    screen.chapter('She makes a workspace, and listens in its room');
    const workspace = await api.call<Workspace>('/workspaces', {
      token: ada.token,
      body: { name: 'Analytical Engines' },
      expect: 201,
      tell: ({ slug }) => slug,
    });
    const inWorkspace = { 'X-Workspace-Id': workspace.id };
    screen.holds('she owns it', workspace.ownerId === ada.id);
    const listener = await connect(ada);
    screen.holds('her socket is let in', (await listener.join(workspace.id)).ok);

    screen.chapter('She invites Charles, who accepts with the token in his mail');
    const charles = await register(api, 'Charles Babbage');
    await api.call<{ role: string; expiresAt: string }>(`/workspaces/${workspace.id}/members/invite`, {
      token: ada.token,
      body: { email: charles.email, role: 'member' },
      expect: 201,
      tell: ({ role, expiresAt }) => `as ${role}, until ${expiresAt.slice(0, 10)}`,
    });
    const token = await api.mailedToken(charles.email, /invites you/i);
    const [heard] = await Promise.all([
      listener.hear<{ userId: string; workspaceId: string }>('workspace:member:joined'),
      api.call(`/workspaces/${workspace.id}/members/accept`, { token: charles.token, body: { token } }),
    ]);
    screen.holds('Ada’s socket hears that it is Charles', heard.userId === charles.id);

    screen.chapter('Charles reads the workspace, within what a member may do');
    await api.call<Workspace>(`/workspaces/${workspace.id}`, { token: charles.token, tell: ({ name }) => name });
    const members = await api.call<Member[]>('/users', {
      token: charles.token,
      headers: inWorkspace,
      tell: (people) => people.map(({ name, roles }) => `${name} (${roles.map(({ key }) => key).join()})`).join(', '),
    });
    const people = members.map(({ id }) => id).sort();
    screen.holds('he sees Ada and himself, and nobody else', people.join() === [ada.id, charles.id].sort().join());
    await api.call(`/workspaces/${workspace.id}/members/invite`, {
      token: charles.token,
      body: { email: 'anybody@example.com', role: 'member' },
      expect: 403,
      shows: 'a member may not invite',
    });

    screen.chapter('Mallory has an account too, and finds closed doors');
    const mallory = await register(api, 'Mallory');
    const stranger = { token: mallory.token, expect: 404 };
    await api.call(`/workspaces/${workspace.id}`, { ...stranger, shows: 'the workspace is not there for her' });
    await api.call('/users', { ...stranger, headers: inWorkspace, shows: 'neither are its people' });
    await api.call(`/workspaces/${randomUUID()}`, { ...stranger, shows: 'a workspace that is nowhere answers alike' });
    const refused = await (await connect(mallory)).join(workspace.id);
    screen.holds('its room does not let her in', refused.error?.status === 404);
    await api.call(`/workspaces/${workspace.id}`, { expect: 401, shows: 'nor anybody without a token' });
  } finally {
    for (const socket of sockets) socket.close();
  }
}

async function register(api: ApiCaller, name: string): Promise<Person> {
  const email = `${name.split(' ')[0]?.toLowerCase()}-${randomBytes(4).toString('hex')}@example.com`;
  const { user, accessToken } = await api.call<SignedIn>('/auth/register', {
    body: { email, name, password: randomBytes(12).toString('base64url') },
    expect: 201,
    tell: () => email,
  });
  return { id: user.id, email, token: accessToken };
}
