import { eventually } from '../support/eventually';
import { freePort } from '../support/freePort';
import { anAddress, PASSWORD, register } from '../support/people';
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

  it('Fault 7: go out later when the server was away at the start, and no request fails meanwhile', async () => {
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

  it('Fault 7: all go out, once each, after the server was down for a while, and the API answers as ever', async () => {
    let smtp = await startSmtpServer();
    const { url, port } = smtp;
    const platform = await TestPlatform.start({ environment: settings(url) });
    const { email: early } = await register(platform);
    await eventually(() => expect(smtp.received).toHaveLength(1));
    await smtp.stop();

    const people = await Promise.all(Array.from({ length: 5 }, () => register(platform)));
    const forgot = await platform.api.post('/auth/forgot-password', { email: early });
    expect(forgot.status).toBe(202);
    const [person] = people;
    expect((await platform.api.post('/auth/login', { email: person?.email, password: PASSWORD })).status).toBe(200);
    expect((await fetch(`${platform.address}/readyz`)).status).toBe(200);
    await eventually(async () => {
      const failed = await platform.query('SELECT 1 FROM graphile_worker._private_jobs WHERE last_error IS NOT NULL');
      expect(failed).toHaveLength(6);
    });

    smtp = await startSmtpServer(port);
    await platform.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
    const expected = [early, ...people.map(({ email }) => email)].sort();
    await eventually(() => expect(smtp.received.map(({ to }) => to[0]).sort()).toEqual(expected));
    await eventually(async () => {
      expect(await platform.query('SELECT 1 FROM graphile_worker._private_jobs')).toEqual([]);
    });
    expect(smtp.received).toHaveLength(expected.length);
    await platform.stop();
    await smtp.stop();
  });
});
