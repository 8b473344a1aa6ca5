import type { Person } from '../support/people';
import type { TestPlatform } from '../support/testPlatform';
import type { Tenant } from './Tenant';

async function offer({ owner, member, workspaceId }: Tenant): Promise<void> {
  await owner.api.post(`/workspaces/${workspaceId}/transfer-ownership`, { userId: member.id });
}

/** What some routes need to have happened before anybody may use them, and by whom if not by the owner. */
export const PREPARATIONS: Readonly<
  Partial<Record<string, (tenant: Tenant, platform: TestPlatform) => Promise<Person | void>>>
> = {
  'post /workspaces/:id/invitations/:invitationId/resend': async ({ ids }, platform) => {
    await platform.query(`UPDATE invitations SET sent_at = sent_at - interval '1 hour' WHERE id = $1`, [
      ids.invitation,
    ]);
  },
  'get /workspaces/:id/transfer-ownership': offer,
  'delete /workspaces/:id/transfer-ownership': offer,
  'post /workspaces/:id/transfer-ownership/accept': async (tenant) => {
    await offer(tenant);
    return tenant.member;
  },
};
