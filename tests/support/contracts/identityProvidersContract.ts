import type { IdentityProviders } from '../../../src/modules/auth/application/IdentityProviders';

/** Where the contract holds: providers of which one is called `acme`, and a way to sign in there. */
export interface ProvidersWorld {
  readonly providers: IdentityProviders;
  readonly issuer: string;
  /** Signs in where the platform sent a browser; answers the parameters that it comes back with. */
  visit(url: string, as: string | null): Promise<Record<string, string>>;
  /** Opens an account at the provider, with this verified address. */
  open(subject: string, email: string, name: string): void;
  stop(): Promise<void>;
}

/** What all IdentityProviders do. */
export function identityProvidersContract(start: () => Promise<ProvidersWorld>): void {
  const INVALID_TOKEN = { kind: 'invalid', code: 'INVALID_TOKEN' };
  let world: ProvidersWorld;

  const begin = async (as: string | null = 'ada') => {
    const { url, checks } = await world.providers.start('acme');
    return { answer: await world.visit(url, as), checks };
  };

  beforeAll(async () => {
    world = await start();
    world.open('ada', 'ada@example.com', 'Ada Lovelace');
  });

  afterAll(() => world.stop());

  it('know those of their names alone', async () => {
    expect(() => world.providers.assertKnown('acme')).not.toThrow();
    expect(() => world.providers.assertKnown('ACME')).toThrow('There is no such resource.');
    await expect(world.providers.start('nobody')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('tell who signed in', async () => {
    const { answer, checks } = await begin();
    await expect(world.providers.finish('acme', answer, checks)).resolves.toEqual({
      issuer: world.issuer,
      subject: 'ada',
      email: 'ada@example.com',
      emailVerified: true,
      name: 'Ada Lovelace',
    });
  });

  it('take an answer once', async () => {
    const { answer, checks } = await begin();
    await world.providers.finish('acme', answer, checks);
    await expect(world.providers.finish('acme', answer, checks)).rejects.toMatchObject(INVALID_TOKEN);
  });

  it.each(['state', 'nonce', 'codeVerifier'] as const)('hold an answer against the %s', async (check) => {
    const [{ answer, checks }, other] = [await begin(), await begin()];
    const mixed = { ...checks, [check]: other.checks[check] };
    await expect(world.providers.finish('acme', answer, mixed)).rejects.toMatchObject(INVALID_TOKEN);
  });

  it('take no code of another sign-in', async () => {
    const [{ answer, checks }, other] = [await begin(), await begin()];
    const mixed = { ...answer, code: other.answer.code ?? '' };
    await expect(world.providers.finish('acme', mixed, checks)).rejects.toMatchObject(INVALID_TOKEN);
  });

  it('tell that a person cancelled it, if it was this sign-in', async () => {
    const [{ answer, checks }, other] = [await begin(null), await begin()];
    const cancelled = { kind: 'forbidden', code: 'PERMISSION_DENIED' };
    await expect(world.providers.finish('acme', answer, checks)).rejects.toMatchObject(cancelled);
    await expect(world.providers.finish('acme', answer, other.checks)).rejects.toMatchObject(INVALID_TOKEN);
  });
}
