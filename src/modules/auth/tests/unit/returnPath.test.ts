import { ReturnPath } from '../../domain/ReturnPath';

describe('ReturnPath', () => {
  it.each([
    ['/', '/'],
    ['/tasks', '/tasks'],
    ['/tasks?status=todo&q=a%20b#third', '/tasks?status=todo&q=a%20b#third'],
    ['/a//b', '/a//b'],
    ['/a/../b', '/b'],
    ['/tasks/ä b', '/tasks/%C3%A4%20b'],
    ['/@evil.example', '/@evil.example'],
    [`/${'a'.repeat(999)}`, `/${'a'.repeat(999)}`],
  ])('takes %j as %j', (raw, path) => {
    expect(ReturnPath(raw)).toBe(path);
  });

  it.each([
    '',
    'tasks',
    '?q=a',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/a\\b',
    'https://evil.example',
    'javascript:alert(1)',
    ' /tasks',
    '@evil.example',
    '.evil.example',
    ':8080/',
    '/..',
    '/../evil',
    '/../another/place',
    '/a/../../evil',
    '/%2e%2e/evil',
    '/.%2E/evil',
    '/a\r\nSet-Cookie: a=b',
    '/\t/evil.example',
    '/\u0000',
    '/\u0085',
    `/${'a'.repeat(1000)}`,
    `/${'ä'.repeat(200)}`,
  ])('refuses %j', (raw) => {
    expect(() => ReturnPath(raw)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
  });
});
