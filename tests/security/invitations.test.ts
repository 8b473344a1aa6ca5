import { setTimeout as pause } from 'node:timers/promises';
import type { ApiAnswer } from '../support/ApiClient';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/expectProblem';
import { accept, invitationToken, invite, joinings } from '../support/invitations';
import { leavesNoTrace } from '../support/leavesNoTrace';
import { addMember, anAddress, makeWorkspace, PASSWORD, type Person, signUp } from '../support/people';
import type { TestPlatform } from '../support/testPlatform';
import { eachInNewWorkspace } from '../support/workspaceStage';

const RUSHES = 20;
const RACES = 100;
const LONGEST_START_MS = 20;

/** What a race leaves to its losers; the last, when the winner held the row for longer than a request waits. */
const BUSY = 'SERVICE_UNAVAILABLE';

describe('Attacks on invitations and owners', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;

  eachInNewWorkspace((its) => {
    ({ platform, owner, workspaceId } = its);
  });

  const membersPath = () => `/workspaces/${workspaceId}/members`;
  const remove = (by: Person, { id }: Person): Promise<ApiAnswer> => by.api.delete(`${membersPath()}/${id}`);

  /** The people who are in the workspace, of those with a role if one is named. */
  const inside = async (role?: string): Promise<string[]> => {
    const rows = await platform.query<{ id: string }>(
      `SELECT user_id AS id FROM members WHERE workspace_id = $1 AND ($2::text IS NULL OR EXISTS (
         SELECT FROM member_roles JOIN roles ON roles.workspace_id = $1 AND roles.id = role_id
         WHERE member_roles.workspace_id = $1 AND member_roles.user_id = members.user_id AND key = $2))`,
      [workspaceId, role ?? null],
    );
    return rows.map(({ id }) => id);
  };

  /** Invites an account, and answers the invitation’s id and the token that was mailed. */
  async function invited(person: Person, role = 'member', by = owner, mails = 1) {
    const { status, body } = await invite(by, workspaceId, person.email, role);
    expect(status).toBe(201);
    return { id: body.data.id as string, token: await invitationToken(platform, person.email, mails) };
  }

  it('14: accepting under another e-mail address', async () => {
    const [person, thief] = [await signUp(platform), await signUp(platform)];
    const { token } = await invited(person);
    expectProblem(await leavesNoTrace(platform, () => accept(thief, workspaceId, token)), 403, 'EMAIL_MISMATCH');
    const registration = { email: anAddress('thief'), name: 'Thief', password: PASSWORD, invitationToken: token };
    expectProblem(
      await leavesNoTrace(platform, () => platform.api.post('/auth/register', registration)),
      403,
      'EMAIL_MISMATCH',
    );
    expect((await accept(person, workspaceId, token)).status).toBe(200);
  });

  describe('15: accepting after', () => {
    const gone = (answer: ApiAnswer) => expectProblem(answer, 410, 'INVITATION_GONE');

    it.each<[string, (admin: Person, id: string) => Promise<unknown>]>([
      ['it was revoked', (_admin, id) => owner.api.delete(`/workspaces/${workspaceId}/invitations/${id}`)],
      [
        'it has expired',
        (_admin, id) => platform.query('UPDATE invitations SET expires_at = now() WHERE id = $1', [id]),
      ],
      ['its maker was removed', (admin) => remove(owner, admin)],
      [
        'its maker was suspended',
        (admin) =>
          platform.api.as(owner.accessToken, workspaceId).put(`/users/${admin.id}/status`, { status: 'inactive' }),
      ],
      [
        'its maker was demoted',
        (admin) =>
          platform.query(
            `UPDATE member_roles SET role_id = (SELECT id FROM roles WHERE workspace_id = $2 AND key = 'viewer')
             WHERE workspace_id = $2 AND user_id = $1`,
            [admin.id, workspaceId],
          ),
      ],
    ])('%s', async (_what, happens) => {
      const admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
      const person = await signUp(platform);
      const { id, token } = await invited(person, 'member', admin);
      await happens(admin, id);
      gone(await leavesNoTrace(platform, () => accept(person, workspaceId, token)));
    });

    it('one was removed, and it was used before', async () => {
      const person = await signUp(platform);
      const { token } = await invited(person);
      expect((await accept(person, workspaceId, token)).status).toBe(200);
      await remove(owner, person);
      gone(await leavesNoTrace(platform, () => accept(person, workspaceId, token)));
      expect(await inside()).toEqual([owner.id]);
    });

    it('a newer one was made to the same address', async () => {
      const person = await signUp(platform);
      const first = await invited(person, 'admin');
      const second = await invited(person, 'viewer', owner, 2);
      gone(await leavesNoTrace(platform, () => accept(person, workspaceId, first.token)));
      expect((await accept(person, workspaceId, second.token)).status).toBe(200);
      expect(await inside('viewer')).toEqual([person.id]);
      expect(await inside('admin')).toEqual([]);
    });
  });

  it('16: 50 parallel acceptances make one membership and one event', async () => {
    const person = await signUp(platform);
    const run = async (rush: number): Promise<void> => {
      const rushed = await makeWorkspace(owner, `Rush ${rush}`);
      workspaceId = rushed;
      const { token } = await invited(person, 'member', owner, rush + 1);
      const answers = await Promise.all(Array.from({ length: 50 }, () => accept(person, rushed, token)));
      const refused = answers.filter(({ status }) => status !== 200);
      expect({ rush, refused: refused.length }).toEqual({ rush, refused: 49 });
      for (const { body } of refused) expect(['INVITATION_GONE', BUSY]).toContain(body.code);
      expect((await inside()).sort()).toEqual([owner.id, person.id].sort());
      expect(await joinings(platform, workspaceId, person)).toHaveLength(1);
    };
    for (let rush = 0; rush < RUSHES; rush += 1) await run(rush);
  });

  it('17: accepting against revoking in parallel has one winner', async () => {
    const person = await signUp(platform);
    const wins = { accepted: 0, revoked: 0 };
    const run = async (race: number): Promise<keyof typeof wins> => {
      workspaceId = await makeWorkspace(owner, `Race ${race}`);
      const { id, token } = await invited(person, 'member', owner, race + 1);
      const revoking = () => owner.api.delete(`/workspaces/${workspaceId}/invitations/${id}`);
      const accepting = () => accept(person, workspaceId, token);
      const [first, second] = race % 2 === 0 ? [accepting, revoking] : [revoking, accepting];
      // From none to more than either takes, so that each wins at times, and that somewhere between they meet.
      const started = first();
      await pause(race % LONGEST_START_MS);
      const answers = await Promise.all([started, second()]);
      const accepted = answers.some(({ status }) => status === 200);
      const revoked = answers.some(({ status }) => status === 204);
      expect({ race, accepted }).toEqual({ race, accepted: !revoked });
      const refused = answers.find(({ status }) => status >= 400);
      expect(['INVITATION_GONE', BUSY]).toContain(refused?.body.code);
      const winner = accepted ? 'accepted' : 'revoked';
      const rows = await platform.query('SELECT status FROM invitations WHERE id = $1', [id]);
      expect({ race, rows }).toEqual({ race, rows: [{ status: winner }] });
      expect((await inside()).includes(person.id)).toBe(accepted);
      expect(await joinings(platform, workspaceId, person)).toHaveLength(accepted ? 1 : 0);
      return winner;
    };
    for (let race = 0; race < RACES; race += 1) wins[await run(race)] += 1;
    // A race that only one of the two ever wins would be none.
    expect(Math.min(wins.accepted, wins.revoked)).toBeGreaterThan(0);
  });

  describe('18: a workspace’s name that is not harmless', () => {
    it.each([
      ['HTML', '<img src=x onerror=alert(1)><a href="https://evil.test">Win</a>'],
      ['an address of a page', 'Free money at https://evil.test/win or evil.test'],
      ['an e-mail address', 'Write to eve@evil.test'],
    ])('with %s reaches one recipient, as text', async (_what, name) => {
      workspaceId = await makeWorkspace(owner, name);
      const person = await signUp(platform);
      await invited(person);
      const path = `/workspaces/${workspaceId}/transfer-ownership`;
      const member = await addMember(platform, owner, workspaceId);
      expect((await owner.api.post(path, { userId: member.id })).status).toBe(201);
      const offered = await eventually(async () => {
        const mail = (await platform.mailsTo(member.email)).find(({ subject }) => subject.includes('ownership'));
        expect(mail).toBeDefined();
        return mail;
      });
      const [invitation] = await platform.mailsTo(person.email);
      for (const [mail, to] of [
        [invitation, person.email],
        [offered, member.email],
      ] as const) {
        expect(mail?.to).toBe(to);
        expect(mail?.links).toEqual([expect.stringMatching(/^http:\/\/localhost:3000\//)]);
        expect(mail?.html).not.toMatch(/<img|href="https:\/\/evil/);
        expect(JSON.stringify(mail)).not.toContain('evil.test');
      }
    });

    it.each(['Acme\r\nBcc: victim@example.com', 'Acme\nSubject: x', 'Acme\u0000', 'Acme\u0085x'])(
      'with line breaks or control characters is none: %j',
      async (name) => {
        const invalid = (answer: ApiAnswer) =>
          expectProblem(answer, 400, 'VALIDATION_ERROR', { errors: expect.any(Array) });
        invalid(await leavesNoTrace(platform, () => owner.api.post('/workspaces', { name })));
        invalid(await leavesNoTrace(platform, () => owner.api.put(`/workspaces/${workspaceId}`, { name })));
      },
    );
  });
});
