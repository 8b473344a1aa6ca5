import { eventually } from './eventually';
import { type Person, signUp } from './people';
import type { TestPlatform } from './testPlatform';

/** A person who administers the platform, as `scripts/create-admin` makes the first one. */
export async function aPlatformAdmin(platform: TestPlatform): Promise<Person> {
  const admin = await signUp(platform);
  await platform.query('UPDATE users SET platform_admin = true WHERE id = $1', [admin.id]);
  await eventually(async () => expect((await admin.api.get('/admin/users')).status).toBe(200));
  return admin;
}
