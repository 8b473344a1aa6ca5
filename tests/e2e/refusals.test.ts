import type { ApiAnswer } from '../support/ApiClient';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { accept, invitationToken, invite } from '../support/invitations';
import { jobsDone } from '../support/jobsDone';
import { addMember, anAddress, makeWorkspace, PASSWORD, type Person, register, signUp } from '../support/people';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';

/** Everybody and everything that a refused request may be about. */
interface World {
  readonly owner: Person;
  readonly admin: Person;
  readonly viewer: Person;
  readonly unverified: Person;
  readonly stranger: Person;
  readonly workspaceId: string;
  /** The stranger's. */
  readonly foreign: string;
  readonly slug: string;
  /** Of an invitation to the stranger, as owner. */
  readonly token: string;
  /** Of one that was used. */
  readonly usedToken: string;
}

type Refused = readonly [what: string, code: string, request: (world: World) => Promise<ApiAnswer>];

describe('A request that is refused leaves nothing behind', () => {
  let platform: TestPlatform;
  let world: World;
  let socket: SocketClient;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    const [owner, stranger] = [await signUp(platform), await signUp(platform)];
    const [workspaceId, foreign] = [await makeWorkspace(owner), await makeWorkspace(stranger, 'Other Engines')];
    const admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
    const viewer = await addMember(platform, owner, workspaceId, { role: 'viewer' });
    await invite(owner, workspaceId, stranger.email, 'owner');
    world = {
      owner,
      admin,
      viewer,
      unverified: await register(platform),
      stranger,
      workspaceId,
      foreign,
      slug: (await stranger.api.get(`/workspaces/${foreign}`)).body.data.slug,
      token: await invitationToken(platform, stranger.email),
      usedToken: await invitationToken(platform, viewer.email),
    };
    socket = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
  });

  afterAll(async () => {
    socket.disconnect();
    await platform.stop();
  });

  const input = (members = {}) => ({ email: anAddress(), name: 'Ada', password: PASSWORD, ...members });

  const REFUSED: readonly Refused[] = [
    [
      'registering a taken address',
      'EMAIL_TAKEN',
      ({ owner }) => platform.api.post('/auth/register', input({ email: owner.email })),
    ],
    ['registering without a password', 'VALIDATION_ERROR', () => platform.api.post('/auth/register', { name: 'Ada' })],
    [
      'registering as somebody else’s choice',
      'VALIDATION_ERROR',
      () => platform.api.post('/auth/register', input({ role: 'owner', emailVerified: true, isAdmin: true })),
    ],
    [
      'registering with an unknown invitation',
      'INVALID_TOKEN',
      () => platform.api.post('/auth/register', input({ invitationToken: 'x' })),
    ],
    [
      'registering with another’s invitation',
      'EMAIL_MISMATCH',
      ({ token }) => platform.api.post('/auth/register', input({ invitationToken: token })),
    ],
    [
      'refreshing with an unknown token',
      'UNAUTHENTICATED',
      () => platform.api.post('/auth/refresh-token', { refreshToken: 'x' }),
    ],
    [
      'confirming with an unknown token',
      'INVALID_TOKEN',
      () => platform.api.post('/auth/verify-email', { token: 'x' }),
    ],
    ['signing out nobody', 'UNAUTHENTICATED', () => platform.api.post('/auth/logout')],
    [
      'changing what is not one’s own to change',
      'VALIDATION_ERROR',
      ({ owner }) => owner.api.put('/users/me', { bio: 'x', emailVerified: true }),
    ],
    [
      'changing what has changed',
      'PRECONDITION_FAILED',
      ({ owner }) => owner.api.put('/users/me', { bio: 'x' }, { 'If-Match': '"old"' }),
    ],
    [
      'making a workspace with an unproven address',
      'EMAIL_NOT_VERIFIED',
      ({ unverified }) => unverified.api.post('/workspaces', { name: 'x' }),
    ],
    [
      'making a workspace with a taken slug',
      'SLUG_TAKEN',
      ({ owner, slug }) => owner.api.post('/workspaces', { name: 'x', slug }),
    ],
    [
      'making one with a taken slug, under a key',
      'SLUG_TAKEN',
      ({ owner, slug }) => owner.api.post('/workspaces', { name: 'x', slug }, { 'Idempotency-Key': 'refused' }),
    ],
    [
      'making one for another',
      'VALIDATION_ERROR',
      ({ owner, stranger }) => owner.api.post('/workspaces', { name: 'x', ownerId: stranger.id }),
    ],
    [
      'inviting without the permission',
      'PERMISSION_DENIED',
      ({ viewer, workspaceId }) => invite(viewer, workspaceId, anAddress()),
    ],
    [
      'inviting above oneself',
      'ROLE_ESCALATION',
      ({ admin, workspaceId }) => invite(admin, workspaceId, anAddress(), 'owner'),
    ],
    [
      'replacing an invitation by one above oneself',
      'ROLE_ESCALATION',
      ({ admin, stranger, workspaceId }) => invite(admin, workspaceId, stranger.email, 'owner'),
    ],
    [
      'inviting to an unknown role',
      'VALIDATION_ERROR',
      ({ owner, workspaceId }) => invite(owner, workspaceId, anAddress(), 'x'),
    ],
    [
      'inviting a member',
      'ALREADY_MEMBER',
      ({ owner, viewer, workspaceId }) => invite(owner, workspaceId, viewer.email),
    ],
    ['inviting to a foreign workspace', 'NOT_FOUND', ({ owner, foreign }) => invite(owner, foreign, anAddress())],
    [
      'inviting to one workspace in another’s name',
      'VALIDATION_ERROR',
      ({ owner, workspaceId, foreign }) =>
        owner.api.post(`/workspaces/${workspaceId}/members/invite`, {
          email: anAddress(),
          role: 'viewer',
          workspaceId: foreign,
        }),
    ],
    ['accepting for another', 'EMAIL_MISMATCH', ({ viewer, workspaceId, token }) => accept(viewer, workspaceId, token)],
    [
      'accepting twice',
      'INVITATION_GONE',
      ({ viewer, workspaceId, usedToken }) => accept(viewer, workspaceId, usedToken),
    ],
    [
      'accepting into another workspace',
      'INVALID_TOKEN',
      ({ stranger, foreign, token }) => accept(stranger, foreign, token),
    ],
    [
      'removing the last owner',
      'LAST_OWNER',
      ({ owner, workspaceId }) => owner.api.delete(`/workspaces/${workspaceId}/members/${owner.id}`),
    ],
    [
      'removing an owner as an admin',
      'ROLE_ESCALATION',
      ({ admin, owner, workspaceId }) => admin.api.delete(`/workspaces/${workspaceId}/members/${owner.id}`),
    ],
    [
      'removing without the permission',
      'PERMISSION_DENIED',
      ({ viewer, admin, workspaceId }) => viewer.api.delete(`/workspaces/${workspaceId}/members/${admin.id}`),
    ],
    [
      'removing somebody from a foreign workspace',
      'NOT_FOUND',
      ({ stranger, viewer, workspaceId }) => stranger.api.delete(`/workspaces/${workspaceId}/members/${viewer.id}`),
    ],
    [
      'switching to a foreign workspace',
      'NOT_FOUND',
      ({ owner, foreign }) => owner.api.post(`/workspaces/${foreign}/switch`),
    ],
  ];

  it.each(REFUSED)('%s: %s', async (_what, code, request) => {
    const before = await databaseSnapshot(platform);
    const heard = socket.heard.length;
    expect((await request(world)).body).toMatchObject({ code });
    expect(await databaseSnapshot(platform)).toEqual(before);
    expect(socket.heard).toHaveLength(heard);
  });

  it('while one that is granted does leave something', async () => {
    const before = await databaseSnapshot(platform);
    await invite(world.owner, world.workspaceId, anAddress());
    await jobsDone(platform);
    const after = await databaseSnapshot(platform);
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    const tables = ['audit_entries', 'events', 'handled_events', 'invitations'].map((name) => `public.${name}`);
    expect(changed).toEqual([...tables, 'mails']);
  });
});
