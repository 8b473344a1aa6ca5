import { aWorkspaceActor } from '../../../../../tests/fixtures/anActor';
import { anApiKey } from '../../../../../tests/fixtures/anApiKey';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId } from '../../../../core/domain/Id';
import { tokenHash } from '../../../../core/domain/opaqueToken';
import { ApiKey } from '../../domain/ApiKey';
import { actingKey, principalOf, type ApiKeyId } from '../../domain/ApiKeyId';
import { ApiKeyName } from '../../domain/ApiKeyName';
import { isApiKeyText, isWellFormed, newApiKeyText, prefixOf } from '../../domain/apiKeyText';

const ESCALATION = expect.objectContaining({ kind: 'forbidden', code: 'ROLE_ESCALATION' });
const FIVE_YEARS_MS = 5 * 365 * 86_400_000;

const inMs = (ms: number): Date => new Date(NOW.getTime() + ms);

const refusalOf = (field: string) =>
  expect.objectContaining({ code: 'VALIDATION_ERROR', details: { errors: [expect.objectContaining({ field })] } });

describe('The text of an API key', () => {
  it('is 256 random bits behind a beginning that tells what it is', () => {
    const texts = Array.from({ length: 50 }, newApiKeyText);
    expect(new Set(texts).size).toBe(50);
    for (const text of texts) {
      expect(text).toMatch(/^atr_[\w-]{43}$/);
      expect(isApiKeyText(text)).toBe(true);
      expect(isWellFormed(text)).toBe(true);
    }
  });

  it.each(['eyJhbGciOiJIUzI1NiJ9.e30.x', 'ATR_x', ' atr_x', 'atr', ''])('is not what %j is', (text) => {
    expect(isApiKeyText(text)).toBe(false);
    expect(isWellFormed(text)).toBe(false);
  });

  it.each([
    'atr_',
    `atr_${'x'.repeat(42)}`,
    `atr_${'x'.repeat(44)}`,
    `atr_${'.'.repeat(43)}`,
    `atr_${'x'.repeat(43)}\n`,
  ])('is not well-formed as %j', (text) => {
    expect(isApiKeyText(text)).toBe(true);
    expect(isWellFormed(text)).toBe(false);
  });
});

describe('The name of an API key', () => {
  it('is one line without blanks around it', () => {
    expect(ApiKeyName('  CI of the “Loom” ')).toBe('CI of the “Loom”');
  });

  it.each(['', '   ', 'x'.repeat(101), 'two\nlines', 'a\u0000b'])('is not %j', (raw) => {
    expect(() => ApiKeyName(raw)).toThrow(refusalOf('name'));
  });
});

describe('An API key', () => {
  const maker = aWorkspaceActor();
  const text = newApiKeyText();

  const create = (expiresAt: Date | null = null, role = 'member') =>
    ApiKey.create(maker, { id: newId<ApiKeyId>(), name: ApiKeyName('Loom'), role, expiresAt, text }, NOW);

  it('belongs to the workspace, knows its maker, and keeps nothing that opens it', () => {
    const expiresAt = inMs(1000);
    const key = create(expiresAt);
    expect(key.state).toEqual({
      id: key.state.id,
      workspaceId: maker.workspaceId,
      name: 'Loom',
      role: 'member',
      hash: tokenHash(text),
      prefix: prefixOf(text),
      createdBy: maker.userId,
      createdAt: NOW,
      expiresAt,
      revokedAt: null,
    });
    expect(key.version).toBe(0);
    expect(key.state.prefix).toHaveLength(12);
    expect(JSON.stringify([key.state, key.releaseEvents()])).not.toContain(text);
  });

  it('announces that it was made, by whom and for what', () => {
    const key = create();
    const { workspaceId, userId: actorId } = maker;
    expect(key.releaseEvents()).toMatchObject([
      {
        type: 'auth.api-key-created',
        workspaceId,
        actorId,
        occurredAt: NOW,
        facts: { apiKeyId: key.state.id, name: 'Loom', role: 'member' },
      },
    ]);
  });

  it('is never an owner, whoever makes it', () => {
    expect(() => create(null, 'owner')).toThrow(ESCALATION);
  });

  it.each([1, 1000, FIVE_YEARS_MS])('may end in %d ms', (ms) => {
    expect(create(inMs(ms)).state.expiresAt).toEqual(inMs(ms));
  });

  it.each([0, -1, -FIVE_YEARS_MS, FIVE_YEARS_MS + 1, Number.NaN])('may not end in %d ms', (ms) => {
    expect(() => create(inMs(ms))).toThrow(refusalOf('expiresAt'));
  });

  it('outlasts what ends no later than itself', () => {
    const ending = anApiKey({ expiresAt: inMs(1000) });
    for (const ms of [1, 999, 1000]) expect(() => ending.assertOutlasts(inMs(ms))).not.toThrow();
    for (const expiresAt of [inMs(1001), null]) expect(() => ending.assertOutlasts(expiresAt)).toThrow(ESCALATION);
    for (const expiresAt of [inMs(1001), null]) expect(() => anApiKey().assertOutlasts(expiresAt)).not.toThrow();
  });

  it('has no role once it is revoked, and announces that', () => {
    const key = anApiKey({ name: ApiKeyName('Loom') }, 3);
    const { id: apiKeyId, workspaceId } = key.state;
    const by = aWorkspaceActor({ workspaceId }).userId;
    key.revoke(by, NOW);
    expect(key.state).toMatchObject({ role: null, revokedAt: NOW });
    expect(key.releaseEvents()).toMatchObject([
      { type: 'auth.api-key-revoked', workspaceId, actorId: by, occurredAt: NOW, facts: { apiKeyId, name: 'Loom' } },
    ]);
  });

  it('is revoked once', () => {
    const key = anApiKey({ role: null, revokedAt: NOW }, 3);
    key.revoke(maker.userId, inMs(1000));
    expect(key.state.revokedAt).toEqual(NOW);
    expect(key.releaseEvents()).toEqual([]);
  });

  it('acts as itself, in place of both person and session', () => {
    const id = newId<ApiKeyId>();
    expect(principalOf(id)).toEqual({ userId: id, sessionId: id });
    expect(actingKey(aWorkspaceActor({ kind: 'api-key', ...principalOf(id) }))).toBe(id);
    expect(actingKey(maker)).toBeNull();
  });
});
