import { renderInbox } from '../../presentation/inboxPage';

const mail = (changes: Partial<Parameters<typeof renderInbox>[0][number]> = {}) => ({
  to: 'ada@example.test',
  subject: 'Welcome',
  text: 'Hello Ada',
  html: '<p>Hello Ada</p>',
  links: ['https://app.example.test/verify?a=1&b=2'],
  sentAt: '2026-01-02T03:04:05.000Z',
  ...changes,
});

describe('renderInbox', () => {
  it('tells what will appear while there is nothing', () => {
    const page = renderInbox([]);
    expect(page).toContain('No mail yet.');
    expect(page).not.toContain('<details');
  });

  it('shows mails in the order given, the first one open', () => {
    const page = renderInbox([mail({ subject: 'Newest' }), mail({ subject: 'Older' })]);
    expect(page.indexOf('Newest')).toBeLessThan(page.indexOf('Older'));
    expect(page.match(/<details open>/g)).toHaveLength(1);
    expect(page.match(/<details/g)).toHaveLength(2);
  });

  it('makes the links of a mail clickable, without telling them where they were', () => {
    expect(renderInbox([mail()])).toContain(
      '<a href="https://app.example.test/verify?a=1&amp;b=2" rel="noreferrer" target="_blank">',
    );
  });

  it('makes no link of anything but a web address', () => {
    expect(renderInbox([mail({ links: ['javascript:alert(1)', 'data:text/html,x'] })])).not.toContain('<a ');
  });

  it('shows the HTML of a mail in a frame that may do nothing', () => {
    const page = renderInbox([mail({ html: '<p title="x">Hi</p><script>alert(1)</script>' })]);
    expect(page).toContain('<iframe sandbox="" ');
    expect(page).toContain('srcdoc="&lt;p title=&quot;x&quot;&gt;Hi&lt;/p&gt;&lt;script&gt;');
  });

  it('holds no script, whatever a mail holds', () => {
    const evil = `"'></iframe></pre></style><script>alert(1)</script>`;
    const page = renderInbox([
      mail({ to: evil, subject: evil, text: evil, html: evil, links: [`https://x/${evil}`], sentAt: evil }),
    ]);
    expect(page).not.toContain('<script');
    expect(page.match(/<\/(iframe|pre|style)>/g)).toEqual(['</style>', '</iframe>', '</pre>']);
  });

  it('forbids scripts and anything from elsewhere, and follows the theme of the system', () => {
    const page = renderInbox([mail()]);
    expect(page).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none';`);
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).not.toMatch(/<link|@import|src="http|url\(/);
  });
});
