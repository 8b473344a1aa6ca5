import type { ApiAnswer } from '../support/ApiClient';
import { authenticatorCode } from '../support/authenticatorApp';
import { expectProblem } from '../support/expectProblem';
import { anAddress, PASSWORD, type Person, register } from '../support/people';
import { enrollTotp } from '../support/secondFactor';
import { startTwoNodes, type TwoNodes } from '../support/twoNodes';

/** How many may fail before an address is locked, whatever the rate limits, which are off here. */
const LIMIT = 10;

describe('36: guesses at the same moment, on two nodes, from a device that nobody signed in from', () => {
  let nodes: TwoNodes;

  beforeAll(async () => {
    nodes = await startTwoNodes();
  });

  afterAll(() => nodes.stop());

  const post = (path: string, body: object, turn = 0): Promise<ApiAnswer> =>
    (turn % 2 ? nodes.two : nodes.one).api.post(path, body, { 'User-Agent': 'Guesser/1' });

  const login = (email: string, password = PASSWORD, turn = 0) => post('/auth/login', { email, password }, turn);

  const answer = (mfaToken: string, code: string, turn = 0) => post('/auth/mfa/challenge', { mfaToken, code }, turn);

  const many = (count: number, act: (turn: number) => Promise<ApiAnswer>) =>
    Promise.all(Array.from({ length: count }, (_, turn) => act(turn)));

  const codesOf = (answers: readonly ApiAnswer[]): string[] => answers.map(({ body }) => body.code ?? 'SIGNED_IN');

  /** No more were looked at than may fail; the others were turned away, as were those that nobody had the time for. */
  const expectLookedAt = (answers: readonly ApiAnswer[], refusal: string) => {
    const codes = codesOf(answers);
    const lookedAt = codes.filter((code) => code === refusal);
    expect(lookedAt.length).toBeGreaterThan(0);
    expect(lookedAt.length).toBeLessThanOrEqual(LIMIT);
    const turnedAway = ['ACCOUNT_LOCKED', 'SERVICE_UNAVAILABLE'];
    for (const code of codes.filter((each) => each !== refusal)) expect(turnedAway).toContain(code);
  };

  /** Of who has the password, and not the second factor: one try for each time the password was right. */
  const challenges = async ({ email }: Person, count: number): Promise<string[]> => {
    const tokens: string[] = [];
    for (let time = 0; time < count; time += 1) tokens.push((await login(email)).body.data.mfaToken);
    return tokens;
  };

  it.each(['a known', 'an unknown'])(
    'at the password of %s address: no more than ten of 200 are looked at',
    async (which) => {
      const email = which === 'a known' ? (await register(nodes.one)).email : anAddress();
      const answers = await many(200, (turn) => login(email, 'a guess', turn));
      for (let more = 0; more < LIMIT; more += 1) answers.push(await login(email, 'a guess'));
      expectLookedAt(answers, 'INVALID_CREDENTIALS');
      const locked = await login(email);
      expectProblem(locked, 429, 'ACCOUNT_LOCKED', { retryAfter: expect.any(Number) });
      expect(locked.headers.get('retry-after')).toBe(String(locked.body.retryAfter));
    },
  );

  it('at the second factor: no more than ten of 60 are looked at, over however many challenges', async () => {
    const person = await register(nodes.one);
    const { secret } = await enrollTotp(person);
    const tokens = await challenges(person, 15);
    const answers = await many(60, (turn) => answer(tokens[turn % tokens.length] ?? '', '000000', turn));
    expectLookedAt(answers, 'MFA_INVALID');
    expectProblem(await answer(tokens[0] ?? '', authenticatorCode(secret)), 429, 'ACCOUNT_LOCKED', {
      retryAfter: expect.any(Number),
    });
    expectProblem(await login(person.email), 429, 'ACCOUNT_LOCKED', { retryAfter: expect.any(Number) });
    const atHome = await nodes.one.api.post('/auth/login', { email: person.email, password: PASSWORD });
    const { status } = await nodes.one.api.post('/auth/mfa/challenge', {
      mfaToken: atHome.body.data.mfaToken,
      code: authenticatorCode(secret),
    });
    expect(status).toBe(200);
    expect((await login(person.email)).body.data).toHaveProperty('mfaRequired', true);
  });
});
