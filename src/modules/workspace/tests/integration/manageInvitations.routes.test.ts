import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { accept, invitationToken, invite } from '../../../../../tests/support/invitations';
import {
  addMember,
  anAddress,
  makeWorkspace,
  PASSWORD,
  type Person,
  signUp,
} from '../../../../../tests/support/people';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';
import { newId } from '../../../../core/domain/Id';

describe('The invitations of a workspace', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let path: string;

  eachInNewWorkspace((its) => {
    ({ platform, owner, workspaceId } = its);
    path = `/workspaces/${workspaceId}/invitations`;
  });

  const made = async (email = anAddress(), role = 'member', by = owner) =>
    (await invite(by, workspaceId, email, role)).body.data as { id: string; email: string };
  const idsOf = ({ body }: ApiAnswer): string[] => body.data.map(({ id }: { id: string }) => id);
  const age = (id: string, interval: string) =>
    platform.query(
      'UPDATE invitations SET sent_at = sent_at - $2::interval, expires_at = expires_at - $2::interval WHERE id = $1',
      [id, interval],
    );
  const resend = (id: string, by = owner): Promise<ApiAnswer> => by.api.post(`${path}/${id}/resend`);
  const revoke = (id: string, by = owner): Promise<ApiAnswer> => by.api.delete(`${path}/${id}`);

  /** One in each status there is, in the order they were made. */
  async function oneOfEach() {
    const person = await signUp(platform);
    const accepted = await made(person.email);
    expect((await accept(person, workspaceId, await invitationToken(platform, person.email))).status).toBe(200);
    const revoked = await made();
    expect((await revoke(revoked.id)).status).toBe(204);
    const expired = await made();
    await age(expired.id, '7 days');
    return { accepted, revoked, expired, pending: await made() };
  }

  it('are listed and filtered by status, by cursor and by page, and read one by one', async () => {
    const all = await oneOfEach();
    const whole = await owner.api.get(path);
    expect(idsOf(whole)).toEqual([all.accepted.id, all.revoked.id, all.expired.id, all.pending.id]);
    expect(JSON.stringify(whole.body)).not.toContain('token');
    for (const [status, { id, email }] of Object.entries(all)) {
      const { body } = await owner.api.get(`${path}?status=${status}`);
      expect(body.data).toMatchObject([{ id, email, status, invitedBy: owner.id }]);
      const one = await owner.api.get(`${path}/${id}`);
      expect([one.status, one.body.data]).toEqual([200, body.data[0]]);
      expect(one.headers.get('etag')).toMatch(/^"/);
    }
    const first = await owner.api.get(`${path}?limit=3&sort=-createdAt`);
    const rest = await owner.api.get(`${path}?limit=3&sort=-createdAt&cursor=${first.body.meta.nextCursor}`);
    expect([...idsOf(first), ...idsOf(rest)]).toEqual(idsOf(whole).reverse());
    expect((await owner.api.get(`${path}?page=1&status=expired`)).body.meta).toMatchObject({ total: 1 });
    const other = `/workspaces/${await makeWorkspace(owner)}/invitations`;
    expect(idsOf(await owner.api.get(other))).toEqual([]);
    expectProblem(await owner.api.get(`${other}?cursor=${first.body.meta.nextCursor}`), 400, 'INVALID_CURSOR');
    expectInvalid(await owner.api.get(`${path}?status=open&sort=email&token=x`), 'status', 'sort', 'token');
  });

  it('are revoked once, while they are open', async () => {
    const person = await signUp(platform);
    const { id } = await made(person.email);
    const token = await invitationToken(platform, person.email);
    const { status, body } = await revoke(id);
    expect([status, body]).toEqual([204, undefined]);
    expectProblem(await accept(person, workspaceId, token), 410, 'INVITATION_GONE');
    expectProblem(await revoke(id), 410, 'INVITATION_GONE');
    const { accepted, expired } = await oneOfEach();
    for (const over of [accepted, expired]) expectProblem(await revoke(over.id), 410, 'INVITATION_GONE');
    const again = await made(person.email);
    expect(again.id).not.toBe(id);
    expect((await accept(person, workspaceId, await invitationToken(platform, person.email, 2))).status).toBe(200);
  });

  it('are mailed again with another token, which voids the one before, for seven more days', async () => {
    const person = await signUp(platform);
    const { id } = await made(person.email);
    const first = await invitationToken(platform, person.email);
    await age(id, '6 days 23 hours');
    const admin = await addMember(platform, owner, workspaceId, { role: 'admin', name: 'Adele' });
    const { status, body } = await resend(id, admin);
    expect([status, body.data]).toMatchObject([200, { id, status: 'pending', invitedBy: admin.id }]);
    expect(Date.parse(body.data.expiresAt) - Date.parse(body.data.sentAt)).toBe(7 * 86_400_000);
    const second = await invitationToken(platform, person.email, 2);
    expect((await platform.mailsTo(person.email))[0]?.subject).toBe('Adele invites you to Analytical Engines');
    expect(second).not.toBe(first);
    expectProblem(await accept(person, workspaceId, first), 400, 'INVALID_TOKEN');
    expect((await accept(person, workspaceId, second)).status).toBe(200);
    const facts = await platform.query(
      `SELECT facts FROM events WHERE type = 'workspace.invitation-resent' AND workspace_id = $1`,
      [workspaceId],
    );
    expect(facts).toEqual([{ facts: { invitationId: id, mailing: 2 } }]);
  });

  it('are mailed again once a minute at most, expired or not, until they are used or revoked', async () => {
    const { accepted, revoked, expired, pending } = await oneOfEach();
    const hasty = await resend(pending.id);
    expectProblem(hasty, 429, 'TOO_MANY_REQUESTS', { retryAfter: expect.any(Number) });
    expect(Number(hasty.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(hasty.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await resend(expired.id)).body.data).toMatchObject({ status: 'pending' });
    for (const over of [accepted, revoked]) expectProblem(await resend(over.id), 410, 'INVITATION_GONE');
    await age(pending.id, '1 minute');
    const answers = await Promise.all([resend(pending.id), resend(pending.id), resend(pending.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429]);
    await invitationToken(platform, pending.email, 2);
  });

  it('hold again when somebody who may grants what their maker no longer may', async () => {
    const admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
    const person = await signUp(platform);
    const { id } = await made(person.email, 'admin', admin);
    const token = await invitationToken(platform, person.email);
    await owner.api.delete(`/workspaces/${workspaceId}/members/${admin.id}`);
    expectProblem(await accept(person, workspaceId, token), 410, 'INVITATION_GONE');
    await age(id, '2 minutes');
    expect((await resend(id)).status).toBe(200);
    expect((await accept(person, workspaceId, await invitationToken(platform, person.email, 2))).status).toBe(200);
  });

  it('are not mailed again by who could not make them', async () => {
    const { id } = await made(anAddress(), 'owner');
    await age(id, '2 minutes');
    const admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
    expectProblem(await resend(id, admin), 403, 'ROLE_ESCALATION');
  });

  it('bring a new account in by the newest token only', async () => {
    const { id, email } = await made();
    const first = await invitationToken(platform, email);
    await age(id, '2 minutes');
    await resend(id);
    const second = await invitationToken(platform, email, 2);
    const register = (token: string) =>
      platform.api.post('/auth/register', { email, name: 'New', password: PASSWORD, invitationToken: token });
    expectProblem(await register(first), 400, 'INVALID_TOKEN');
    expect((await register(second)).body.data.user).toMatchObject({ email, emailVerified: true });
  });

  it('are for who may invite, and of one workspace alone', async () => {
    const { id } = await made();
    const member = await addMember(platform, owner, workspaceId);
    const requests: ((by: Person, of?: string, invitation?: string) => Promise<ApiAnswer>)[] = [
      (by, of = workspaceId) => by.api.get(`/workspaces/${of}/invitations`),
      (by, of = workspaceId, invitation = id) => by.api.get(`/workspaces/${of}/invitations/${invitation}`),
      (by, of = workspaceId, invitation = id) => by.api.delete(`/workspaces/${of}/invitations/${invitation}`),
      (by, of = workspaceId, invitation = id) => by.api.post(`/workspaces/${of}/invitations/${invitation}/resend`),
    ];
    const stranger = await signUp(platform);
    const theirs = await makeWorkspace(stranger);
    for (const [index, request] of requests.entries()) {
      expectProblem(await request(member), 403, 'PERMISSION_DENIED', { permission: 'users.create' });
      const foreign = await request(stranger);
      expectProblem(foreign, 404, 'NOT_FOUND');
      expect(withoutRequest(await request(stranger, newId()))).toEqual(withoutRequest(foreign));
      expectInvalid(await request(owner, 'x'), 'id');
      if (index > 0) {
        expect(withoutRequest(await request(stranger, theirs))).toEqual(withoutRequest(foreign));
        expect(withoutRequest(await request(owner, workspaceId, newId()))).toEqual(withoutRequest(foreign));
        expectInvalid(await request(owner, workspaceId, 'x'), 'invitationId');
      }
    }
    expectProblem(await platform.api.get(path), 401, 'UNAUTHENTICATED');
    await eventually(async () => expect((await owner.api.get(`${path}/${id}`)).body.data.status).toBe('pending'));
  });
});
