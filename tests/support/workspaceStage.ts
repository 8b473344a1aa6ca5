import type { ApiClient } from './ApiClient';
import { addMember, makeWorkspace, type Person, register, signUp } from './people';
import { TestPlatform, type TestPlatformOptions } from './testPlatform';
import { startTwoNodes, type TwoNodes } from './twoNodes';

/** What most tests of a workspace begin with. */
interface Stage {
  readonly platform: TestPlatform;
  readonly owner: Person;
  readonly workspaceId: string;
  /** Calls as the owner, in the workspace. */
  readonly api: ApiClient;
}

async function newStage(platform: TestPlatform): Promise<Stage> {
  const owner = await signUp(platform);
  const workspaceId = await makeWorkspace(owner);
  return { platform, owner, workspaceId, api: platform.api.as(owner.accessToken, workspaceId) };
}

/** Starts a platform for the tests of a file, and hands each of them a new owner with a workspace. */
export function eachInNewWorkspace(hand: (stage: Stage) => void, options: TestPlatformOptions = {}): void {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start(options);
  });

  beforeEach(async () => hand(await newStage(platform)));

  afterAll(() => platform.stop());
}

/** The same on two nodes, the first of which is the platform. */
export function eachInNewWorkspaceOfTwoNodes(hand: (stage: Stage & { readonly nodes: TwoNodes }) => void): void {
  let nodes: TwoNodes;

  beforeAll(async () => {
    nodes = await startTwoNodes();
  });

  beforeEach(async () => hand({ nodes, ...(await newStage(nodes.one)) }));

  afterAll(() => nodes.stop());
}

/** Starts a platform for the tests of a file, and hands all of them one workspace, with a member for each of the roles. */
export function allInOneWorkspace<Role extends string>(
  roles: readonly Role[],
  hand: (stage: Stage & Readonly<Record<Role, Person>>) => void,
): void {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    const stage = await newStage(platform);
    const members = {} as Record<Role, Person>;
    for (const role of roles) members[role] = await addMember(platform, stage.owner, stage.workspaceId, { role });
    hand({ ...stage, ...members });
  });

  afterAll(() => platform.stop());
}

/** Starts a platform for the tests of a file, and hands each of them a new person, whose address is verified or not. */
export function eachAsNewPerson(
  hand: (stage: Pick<Stage, 'platform'> & { readonly person: Person }) => void,
  { verified = true } = {},
): void {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  beforeEach(async () => hand({ platform, person: await (verified ? signUp : register)(platform) }));

  afterAll(() => platform.stop());
}
