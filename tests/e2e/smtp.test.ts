import { eventually } from '../support/eventually';
import { freePort } from '../support/freePort';
import { anAddress, register } from '../support/people';
import { startSmtpServer } from '../support/smtpServer';
import { TestPlatform } from '../support/testPlatform';

describe('Mails by SMTP', () => {
  const settings = (url: string) => ({ EMAIL_SERVICE: 'smtp', SMTP_URL: url, EMAIL_FROM: 'hello@atrium.test' });

  it('go out, from whom the settings say, and are not kept in an inbox', async () => {
    const smtp = await startSmtpServer();
    const platform = await TestPlatform.start({ environment: settings(smtp.url) });
    const emails = [anAddress(), anAddress()];
    for (const email of emails) await register(platform, { email });
    await eventually(() => expect(smtp.received.map(({ to }) => to[0]).sort()).toEqual([...emails].sort()));
    for (const { from, raw } of smtp.received) {
      expect(from).toBe('hello@atrium.test');
      expect(raw).toMatch(/^From: Atrium <hello@atrium\.test>\r$/m);
      expect(raw).toMatch(/^Subject: Confirm your e-mail address\r$/m);
    }
    expect((await fetch(`${platform.address}/dev/inbox`)).status).toBe(404);
    await platform.stop();
    await smtp.stop();
  });

  it('go out later when the server was away, and no request fails meanwhile', async () => {
    const port = await freePort();
    const platform = await TestPlatform.start({ environment: settings(`smtp://127.0.0.1:${port}`) });
    const email = anAddress();
    await register(platform, { email });
    await eventually(async () => {
      const failed = await platform.query('SELECT 1 FROM graphile_worker._private_jobs WHERE last_error IS NOT NULL');
      expect(failed).toHaveLength(1);
    });
    const smtp = await startSmtpServer(port);
    await platform.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
    await eventually(() => expect(smtp.received.map(({ to }) => to)).toEqual([[email]]));
    await eventually(async () => {
      expect(await platform.query('SELECT 1 FROM graphile_worker._private_jobs')).toEqual([]);
    });
    await platform.stop();
    await smtp.stop();
  });
});
