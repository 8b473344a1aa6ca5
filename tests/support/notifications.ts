import type { JobTask } from '../../src/core/application/JobQueue';
import type { ApiAnswer } from './ApiClient';
import { jobsDone } from './jobsDone';
import type { Person } from './people';
import type { TestPlatform } from './testPlatform';

/** Says which notifications of some kinds a person wants, and by which ways. */
export const prefer = ({ api }: Person, ...kinds: readonly object[]): Promise<ApiAnswer> =>
  api.put('/notifications/preferences', { kinds });

/** The mails about notifications that a person has got, newest first. */
export const notificationMails = async (platform: TestPlatform, { email }: Person) =>
  (await platform.mailsTo(email)).filter(({ text }) => text.includes('preferences of your notifications'));

/** What the jobs of a person's notifications are given. */
export const notificationJobs = (platform: TestPlatform, { id }: Person) =>
  platform.query<{ id: string; workspaceId: string; kind: string }>(
    `SELECT id, workspace_id AS "workspaceId", kind FROM notifications WHERE user_id = $1 ORDER BY created_at`,
    [id],
  );

/** Runs a job here and now, as its worker would. */
export const runJob = (platform: TestPlatform, name: string, payload: object): Promise<void> =>
  platform.service<JobTask>(name).run(payload);

/** Gives a member other roles, which is a notification; comes back once it is delivered. */
export async function changeRoles(
  platform: TestPlatform,
  owner: Person,
  workspaceId: string,
  { id }: Person,
  ...roles: readonly string[]
): Promise<void> {
  const { status } = await owner.api.put(`/workspaces/${workspaceId}/members/${id}/roles`, { roles });
  expect(status).toBe(200);
  await jobsDone(platform);
}
