import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { invitationToken, invite } from '../../../../../tests/support/invitations';
import { addMember, anAddress, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';
import { newId } from '../../../../core/domain/Id';

describe('POST /workspaces/:id/members/invite', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;

  eachInNewWorkspace((its) => {
    ({ platform, owner, workspaceId } = its);
  });

  it('answers the invitation without its token, which it mails', async () => {
    const email = anAddress();
    const { status, body, headers } = await invite(owner, workspaceId, email.toUpperCase());
    expect(status).toBe(201);
    expect(body.data).toEqual({
      id: expect.any(String),
      email,
      role: 'member',
      invitedBy: owner.id,
      status: 'pending',
      sentAt: body.data.createdAt,
      createdAt: expect.any(String),
      expiresAt: new Date(Date.parse(body.data.createdAt) + 7 * 86_400_000).toISOString(),
    });
    expect(headers.get('location')).toBe(`/api/v1/workspaces/${workspaceId}/invitations/${body.data.id}`);
    expect(headers.get('cache-control')).toBe('no-store');
    const token = await invitationToken(platform, email);
    const stored = await platform.query(
      'SELECT to_jsonb(invitations)::text || (SELECT string_agg(facts::text, $1) FROM events) AS all FROM invitations',
      [' '],
    );
    expect(JSON.stringify([body, stored])).not.toContain(token);
    const [mail] = await platform.mailsTo(email);
    expect(mail).toMatchObject({ to: email, subject: 'Ada Lovelace invites you to Analytical Engines' });
    const [link] = mail?.links ?? [];
    expect(link).toBe(`http://localhost:3000/accept-invitation?workspace=${workspaceId}&token=${token}`);
  });

  it('makes names harmless in the mail', async () => {
    const name = '<b>Free</b> https://evil.test/win a@evil.test';
    const workspace = await makeWorkspace(owner, name);
    const email = anAddress();
    await invite(owner, workspace, email);
    await invitationToken(platform, email);
    const [mail] = await platform.mailsTo(email);
    expect(mail?.links).toEqual([expect.stringMatching(/^http:\/\/localhost:3000\/accept-invitation\?/)]);
    expect(mail?.html).not.toContain('<b>');
    expect(JSON.stringify(mail)).not.toContain('evil.test');
  });

  it('takes the links in mails from the settings, never from the request', async () => {
    const email = anAddress();
    const headers = { 'X-Forwarded-Host': 'evil.test', Forwarded: 'host=evil.test', Origin: 'http://evil.test' };
    const path = `/workspaces/${workspaceId}/members/invite`;
    expect((await owner.api.post(path, { email, role: 'member' }, headers)).status).toBe(201);
    await invitationToken(platform, email);
    expect(JSON.stringify(await platform.mailsTo(email))).not.toContain('evil.test');
  });

  it.each([
    ['nothing', {}, ['email', 'role']],
    ['a list of addresses', { email: [anAddress()], role: 'member' }, ['email']],
    ['two addresses in one', { email: 'a@example.com, b@example.com', role: 'member' }, ['email']],
    ['an unknown role', { email: anAddress(), role: 'king' }, ['role']],
    ['another type of role', { email: anAddress(), role: { key: 'member' } }, ['role']],
    [
      'unknown members',
      { email: anAddress(), role: 'member', workspaceId: newId(), token: 'x' },
      ['workspaceId', 'token'],
    ],
  ])('refuses %s', async (_what, body, fields) => {
    expectInvalid(await owner.api.post(`/workspaces/${workspaceId}/members/invite`, body), ...fields);
  });

  it('refuses a member, oneself included', async () => {
    const member = await addMember(platform, owner, workspaceId);
    expectProblem(await invite(owner, workspaceId, member.email), 409, 'ALREADY_MEMBER');
    expectProblem(await invite(owner, workspaceId, owner.email, 'owner'), 409, 'ALREADY_MEMBER');
  });

  it('needs the permission, and nobody gives a role that holds more than their own', async () => {
    const viewer = await addMember(platform, owner, workspaceId, { role: 'viewer' });
    expectProblem(await invite(viewer, workspaceId, anAddress()), 403, 'PERMISSION_DENIED', {
      permission: 'users.create',
    });
    const admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
    expectProblem(await invite(admin, workspaceId, anAddress(), 'owner'), 403, 'ROLE_ESCALATION');
    for (const role of ['admin', 'member', 'viewer'])
      expect((await invite(admin, workspaceId, anAddress(), role)).status).toBe(201);
    expect((await invite(owner, workspaceId, anAddress(), 'owner')).status).toBe(201);
  });

  it('answers the same for a foreign workspace and for none', async () => {
    const stranger = await signUp(platform);
    const foreign = await invite(stranger, workspaceId, anAddress());
    expectProblem(foreign, 404, 'NOT_FOUND');
    const nowhere = await invite(stranger, newId(), anAddress());
    expect(withoutRequest(nowhere)).toEqual(withoutRequest(foreign));
    expectInvalid(await invite(owner, 'x', anAddress()), 'id');
    expectProblem(await platform.api.post(`/workspaces/${workspaceId}/members/invite`), 401, 'UNAUTHENTICATED');
  });
});
