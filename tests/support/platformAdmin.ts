import { eventually } from './eventually';
import { type Person, signUp } from './people';
import type { TestPlatform } from './testPlatform';

/** Lets somebody administer the platform, as `scripts/create-admin` does. */
export async function makePlatformAdmin(platform: TestPlatform, { id, api }: Person): Promise<void> {
  await platform.query('UPDATE users SET platform_admin = true WHERE id = $1', [id]);
  await eventually(async () => expect((await api.get('/admin/users')).status).toBe(200));
}

/** A person who administers the platform. */
export async function aPlatformAdmin(platform: TestPlatform): Promise<Person> {
  const admin = await signUp(platform);
  await makePlatformAdmin(platform, admin);
  return admin;
}
