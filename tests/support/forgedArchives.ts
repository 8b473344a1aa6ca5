import { newId } from '../../src/core/domain/Id';
import { entryFacts, rowsIn, type ArchiveContent } from './archives';

type Row = Record<string, unknown>;
type Manifest = Row & { entries: Record<string, Row> };
type Change = (content: ArchiveContent) => ArchiveContent;

const WORKSPACES = 'tables/workspaces.ndjson';
const FILES = 'tables/files.ndjson';
const INVITATIONS = 'tables/invitations.ndjson';
const MEMBERS = 'tables/members.ndjson';
const MEMBER_ROLES = 'tables/member_roles.ndjson';
export const ROLES = 'tables/roles.ndjson';
export const PEOPLE = 'people.ndjson';

/** With a manifest that agrees with it, as whoever changes an archive on purpose would write it. */
export function agreeing(content: ArchiveContent, changes: Partial<Manifest> = {}): ArchiveContent {
  const { 'manifest.json': manifest = '{}', ...entries } = content;
  const agreed = { ...JSON.parse(manifest), entries: entryFacts(entries), ...changes };
  return { ...entries, 'manifest.json': JSON.stringify(agreed) };
}

/** An archive with the rows of one entry changed, and a manifest that agrees. */
export function withRows(content: ArchiveContent, name: string, change: (rows: Row[]) => readonly Row[]) {
  const text = change(rowsIn(content, name)).map((row) => `${JSON.stringify(row)}\n`);
  return agreeing({ ...content, [name]: text.join('') });
}

/** An archive with members of the first row of an entry changed, or left out where they are undefined. */
export const withFirst = (content: ArchiveContent, name: string, members: Row): ArchiveContent =>
  withRows(content, name, ([first, ...others]) => [{ ...first, ...members }, ...others]);

/** What may befall an archive on its way, by what is said of it then. */
export const DAMAGES: Readonly<Record<string, Change>> = {
  'its hash is not': (content) => ({ ...content, [ROLES]: (content[ROLES] ?? '').replace('Admin', 'Nimda') }),
  'its size is not': (content) => ({ ...content, [ROLES]: `${content[ROLES] ?? ''}{}\n` }),
  'it is not there': ({ [ROLES]: _roles, ...others }) => others,
  'the manifest does not know it': (content) => ({ ...content, 'tables/more.ndjson': '' }),
  'there is none': ({ 'manifest.json': _manifest, ...others }) => others,
  'its last line has no end': (content) => agreeing({ ...content, [ROLES]: `${content[ROLES] ?? ''}{` }),
  'a line is no JSON object': (content) => agreeing({ ...content, [ROLES]: 'null\n' }),
  'it is not there; it was made by': ({ [ROLES]: _roles, ...others }) => agreeing(others),
  'as many rows': (content) => {
    const { entries, ...manifest } = JSON.parse(content['manifest.json'] ?? '') as Manifest;
    const changed = { ...manifest, entries: { ...entries, [ROLES]: { ...entries[ROLES], rows: 3 } } };
    return { ...content, 'manifest.json': JSON.stringify(changed) };
  },
};

/** What is wrong with the first row of an entry, and what is said of it. */
const FORGED_ROWS: readonly (readonly [what: string, reason: string, entry: string, members: Row])[] = [
  ['a column that does not travel', 'there is no column "token_hash" here', INVITATIONS, { token_hash: 'x' }],
  ['the workspace of somebody else', 'there is no column "workspace_id" here', ROLES, { workspace_id: newId() }],
  ['a column that is missing', 'a row has no key', ROLES, { key: undefined }],
  ['an id that is none', 'roles.id: it is no id', ROLES, { id: `x'); DROP TABLE roles; --` }],
  ['a role that is not in it', 'it refers to something that is not in the archive', MEMBER_ROLES, { role_id: newId() }],
  ['a person who is not in it', 'it refers to something that is not in the archive', MEMBERS, { user_id: newId() }],
  ['a type that a browser would run', 'There is no such type', FILES, { type: 'text/html' }],
  ['a name that nobody could have typed', 'workspaces.name', WORKSPACES, { name: 'two\r\nlines' }],
  ['a slug that leads elsewhere', 'workspaces.slug', WORKSPACES, { slug: '../admin' }],
  ['an address that is none', 'email must be a valid e-mail address', PEOPLE, { email: 'a@b' }],
  ['a person without an id', 'an id is none', PEOPLE, { id: 7 }],
  ['a person without a name', 'it is no text', PEOPLE, { name: null }],
  ['a biography without an end', 'what is the bio', PEOPLE, { bio: 'x'.repeat(2001) }],
  ['a time zone on the moon', 'timezone must be an IANA time zone', PEOPLE, { timezone: 'Moon/Tycho' }],
  [
    'an address in capitals, which would be another one',
    'it is not written as this platform writes it',
    PEOPLE,
    { email: 'Ada@Example.com' },
  ],
  ['a person with a password', 'there is no column "passwordHash" here', PEOPLE, { passwordHash: 'x' }],
  ['a language that is none', 'what is the language', PEOPLE, { locale: '<script>' }],
  ['a status that there is not', 'violates check constraint', MEMBERS, { status: 'god' }],
  [
    'a moment that is written otherwise than it is read back',
    'what was written differs',
    MEMBERS,
    { joined_at: '2026-01-01 00:00Z' },
  ],
];

type Forgery = readonly [what: string, reason: string, forge: Change];

/** What no platform could have written, though its manifest agrees with it, and what is said of it. */
export const FORGERIES: readonly Forgery[] = [
  [
    'a content that is of nothing',
    'no row has it',
    (content) => agreeing({ ...content, [`contents/files/${newId()}`]: 'x' }),
  ],
  [
    'a content of what has none',
    'no row has it',
    (content) => agreeing({ ...content, [`contents/roles/${String(rowsIn(content, ROLES)[0]?.id)}`]: 'x' }),
  ],
  ...FORGED_ROWS.map(([what, reason, entry, members]): Forgery => [
    what,
    reason,
    (content) => withFirst(content, entry, members),
  ]),
  ['a newer format', 'is newer than this platform', (content) => agreeing(content, { format: 2 })],
  ['an older one that never was', 'there is no format', (content) => agreeing(content, { format: 0 })],
  ['a manifest with more in it', 'is not allowed', (content) => agreeing(content, { admin: true })],
  ['a table of accounts', 'it is not known here', (content) => agreeing({ ...content, 'tables/users.ndjson': '' })],
  [
    'two workspaces',
    'it must hold the one workspace',
    (content) => withRows(content, WORKSPACES, ([row = {}]) => [row, { ...row, id: newId(), slug: 'another' }]),
  ],
  ['no workspace', 'it must hold the one workspace', (content) => withRows(content, WORKSPACES, () => [])],
  [
    'somebody twice',
    'somebody is in it twice',
    (content) => withRows(content, PEOPLE, ([row = {}, ...rows]) => [row, { ...row, id: newId() }, ...rows]),
  ],
  [
    'the same role twice',
    'duplicate key value',
    (content) => withRows(content, ROLES, ([row = {}, ...rows]) => [row, row, ...rows]),
  ],
];
