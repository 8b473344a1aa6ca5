import { randomBytes } from 'node:crypto';
import type { ApiClient } from './ApiClient';
import type { TestPlatform } from './testPlatform';

export const PASSWORD = 'correct horse battery staple';

/** A platform of this process, or of one of its own. */
type Running = Pick<TestPlatform, 'api' | 'mailedToken'>;

/** Somebody with an account, signed in. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Calls as this person, in no workspace. */
  readonly api: ApiClient;
}

export function anAddress(name = 'person'): string {
  return `${name}-${randomBytes(5).toString('hex')}@example.com`;
}

/** Opens an account; the address is not verified yet. */
export async function register(
  platform: Running,
  { email = anAddress(), name = 'Ada Lovelace' } = {},
): Promise<Person> {
  const { status, body } = await platform.api.post('/auth/register', { email, name, password: PASSWORD });
  if (status !== 201) throw new Error(`Registration answered ${status}: ${JSON.stringify(body)}`);
  const { user, accessToken, refreshToken } = body.data;
  return { id: user.id, email, name, accessToken, refreshToken, api: platform.api.as(accessToken) };
}

/** Opens an account and follows the link in its mail. */
export async function signUp(platform: Running, options: { email?: string; name?: string } = {}): Promise<Person> {
  const person = await register(platform, options);
  const token = await platform.mailedToken(person.email, /confirm/i);
  await platform.api.post('/auth/verify-email', { token });
  return person;
}

/** A workspace of this person's, who is its owner. */
export async function makeWorkspace({ api }: Person, name = 'Analytical Engines'): Promise<string> {
  const { status, body } = await api.post('/workspaces', { name });
  if (status !== 201) throw new Error(`Making a workspace answered ${status}: ${JSON.stringify(body)}`);
  return body.data.id;
}

/** Invites a new person to a workspace, who registers, verifies and accepts. */
export async function addMember(
  platform: Running,
  owner: Person,
  workspaceId: string,
  { role = 'member', name = 'Charles Babbage' } = {},
): Promise<Person> {
  const person = await signUp(platform, { name, email: anAddress(role) });
  await owner.api.post(`/workspaces/${workspaceId}/members/invite`, { email: person.email, role });
  const token = await platform.mailedToken(person.email, /invite/i);
  const { status, body } = await person.api.post(`/workspaces/${workspaceId}/members/accept`, { token });
  if (status !== 200) throw new Error(`Accepting answered ${status}: ${JSON.stringify(body)}`);
  return person;
}
