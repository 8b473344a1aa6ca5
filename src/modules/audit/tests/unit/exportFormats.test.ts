import { newId } from '../../../../core/domain/Id';
import type { AuditEntryView } from '../../application/AuditQueries';
import { csvCell, FORMATS } from '../../application/exportFormats';

const entry: AuditEntryView = {
  id: newId(),
  at: new Date('2026-03-01T12:00:00.123Z'),
  actor: { id: null, kind: 'platform', name: null },
  action: 'workspace.restored',
  resource: null,
  outcome: 'success',
  changes: [],
  details: { note: 'a "quoted", word' },
  via: 'job',
  ip: null,
  userAgent: `=HYPERLINK("https://evil.test")`,
  requestId: null,
};

describe('The audit as a table', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=a,b', `"'=a,b"`],
    ['', ''],
  ])('writes %j as %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('has as many cells in each line as in its header', () => {
    const { header, line } = FORMATS.csv;
    const columns = header.trim().split(',');
    expect(columns).toContain('actorName');
    const expected = `${entry.id},2026-03-01T12:00:00.123Z,,platform,,workspace.restored,,,success,[],"{""note"":""a \\""quoted\\"", word""}",job,,"'=HYPERLINK(""https://evil.test"")",\r\n`;
    expect(line(entry)).toBe(expected);
  });
});

describe('The audit as lines of JSON', () => {
  it('has one entry in each', () => {
    const { header, line } = FORMATS.ndjson;
    expect(header).toBe('');
    expect(line(entry).endsWith('\n')).toBe(true);
    expect(JSON.parse(line(entry))).toEqual({ ...entry, at: entry.at.toISOString() });
  });
});
