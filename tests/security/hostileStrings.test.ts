import { declaredRoutes, nameOf, stringMembers } from '../support/declaredRoutes';
import { makeWorkspace, type Person, signUp } from '../support/people';
import { TestPlatform } from '../support/testPlatform';

const LONG = 30_000;
const HOSTILE = [
  'a'.repeat(LONG),
  `${' '.repeat(LONG)}x`,
  `${'a.'.repeat(LONG / 2)}@`,
  `a@${'a-'.repeat(LONG / 2)}`,
  `a@${'a.'.repeat(LONG / 2)}!`,
  `${'a-'.repeat(LONG / 2)}!`,
  `${'0'.repeat(LONG)}:`,
  '(['.repeat(LONG / 2),
  `${'\r\n'.repeat(LONG / 2)}x`,
  '\u0130'.repeat(LONG),
  'e\u0301'.repeat(LONG / 2),
];

const SOME_ID = '01900000-0000-7000-8000-000000000000';

/** The header of a request may be 16 KB long; more is refused before any expression is tried. */
const inAddress = (hostile: string): string => encodeURIComponent(hostile).slice(0, 12_000).replace(/%\w?$/, '');

describe('40: 30 KB that regular expressions choke on, in every string', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
  });

  afterAll(() => platform.stop());

  const expectRefused = async (method: string, path: string, body?: object): Promise<void> => {
    const { status } = await owner.api.send(method.toUpperCase(), path, body, { 'X-Workspace-Id': workspaceId });
    expect([path.slice(0, 100), Math.floor(status / 100)]).toEqual([path.slice(0, 100), 4]);
  };

  const withMember = (path: string, value: string): object => {
    const [name = '', ...rest] = path.split('.');
    const inner = rest.length > 0 ? withMember(rest.join('.'), value) : value;
    return { [name]: rest[0] === '0' ? Object.values(inner) : inner };
  };

  const attacked = declaredRoutes.filter((route) =>
    [route.body, route.query, route.params].some((schema) => stringMembers(schema).length > 0),
  );

  it.each(attacked.map((route) => [nameOf(route), route] as const))('%s', async (_name, route) => {
    const own = (path: string): string => path.replace('/workspaces/:id', `/workspaces/${workspaceId}`);
    const address = own(route.path).replaceAll(/:\w+/g, SOME_ID);
    for (const hostile of HOSTILE) {
      for (const member of stringMembers(route.body)) {
        await expectRefused(route.method, address, withMember(member, hostile));
      }
      for (const member of stringMembers(route.query)) {
        await expectRefused(route.method, `${address}?${member}=${inAddress(hostile)}`);
      }
      for (const member of stringMembers(route.params)) {
        const attackedPath = route.path.replace(`:${member}`, inAddress(hostile)).replaceAll(/:\w+/g, SOME_ID);
        await expectRefused(route.method, attackedPath);
      }
    }
  });
});
