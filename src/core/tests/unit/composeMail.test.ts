import { composeMail, type MailDraft } from '../../application/composeMail';
import { inert } from '../../application/inert';

const draft = (changes: Partial<MailDraft> = {}): MailDraft => ({
  to: 'ada@example.test',
  subject: 'Welcome',
  paragraphs: ['Hello Ada,', 'please confirm your address.'],
  ...changes,
});

const ACTION = { label: 'Confirm', url: 'https://app.example.test/verify?token=abc&lang=en' };

describe('composeMail', () => {
  it('makes the text from the paragraphs, the action and the footer', () => {
    expect(composeMail(draft({ action: ACTION, footer: 'You get this because you signed up.' })).text).toBe(
      [
        'Hello Ada,',
        'please confirm your address.',
        'Confirm:\nhttps://app.example.test/verify?token=abc&lang=en',
        '--\nYou get this because you signed up.\n',
      ].join('\n\n'),
    );
  });

  it('says the same in HTML', () => {
    const { html } = composeMail(draft({ action: ACTION, footer: 'You get this because you signed up.' }));
    expect(html).toContain('Hello Ada,');
    expect(html).toContain('please confirm your address.');
    expect(html).toContain('href="https://app.example.test/verify?token=abc&amp;lang=en"');
    expect(html).toContain('>Confirm</a>');
    expect(html).toContain('You get this because you signed up.');
  });

  it('keeps recipient and subject', () => {
    expect(composeMail(draft())).toMatchObject({ to: 'ada@example.test', subject: 'Welcome' });
  });

  it('lets no markup through, wherever it stands', () => {
    const evil = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;
    const { html } = composeMail(
      draft({ subject: evil, paragraphs: [evil], action: { label: evil, url: ACTION.url }, footer: evil }),
    );
    expect(html).not.toMatch(/<script|<img/);
    expect(html.match(/&quot;&#39;&gt;&lt;script&gt;/g)).toHaveLength(4);
  });

  it.each([
    'Hi\r\nBcc: eve@evil.test',
    'Hi\nBcc: eve@evil.test',
    'Hi\u2028Bcc: eve@evil.test',
    'Hi\u0000Bcc: eve@evil.test',
  ])('keeps the subject on one line: %j', (subject) => {
    expect(composeMail(draft({ subject })).subject).toBe('Hi Bcc: eve@evil.test');
  });

  it('lets a paragraph forge neither the footer nor the action', () => {
    const { text } = composeMail(draft({ paragraphs: ['Hi\n\nConfirm:\r\nhttps://evil.test'] }));
    expect(text).toBe('Hi Confirm: https://evil.test\n');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://example.test', '/relative', ''])(
    'refuses %j as the address of an action',
    (url) => {
      expect(() => composeMail(draft({ action: { label: 'Go', url } }))).toThrow();
    },
  );

  it('refuses an address that is too long, since a cut one would lead elsewhere', () => {
    expect(() => composeMail(draft({ action: { label: 'Go', url: `https://x.test/${'a'.repeat(2048)}` } }))).toThrow();
  });

  it('lets an address break out of neither its line nor its attribute', () => {
    const url = 'https://x.test/"><b>\r\nhttps://evil.test';
    const { text, html } = composeMail(draft({ paragraphs: [], action: { label: 'Go', url } }));
    expect(text).toBe('Go:\nhttps://x.test/%22%3E%3Cb%3Ehttps://evil.test\n');
    expect(html).not.toContain('<b>');
  });

  it('cuts what is overlong', () => {
    const mail = composeMail(draft({ subject: 'x'.repeat(10_000), paragraphs: ['y'.repeat(10_000)] }));
    expect(mail.subject).toBe(`${'x'.repeat(199)}…`);
    expect(mail.text).toBe(`${'y'.repeat(1999)}…\n`);
  });

  it('carries an inert name unchanged, in text and HTML', () => {
    const name = inert('Win at https://evil.test/<b>');
    const { text, html } = composeMail(draft({ paragraphs: [`You were invited to ${name}.`] }));
    expect(text).toContain(name);
    expect(`${text}${html}`).not.toMatch(/evil\.test|:\/\/evil/);
  });
});
