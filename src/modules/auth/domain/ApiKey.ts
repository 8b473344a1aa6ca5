import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import { OWNER_ROLE, type WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { tokenHash } from '../../../core/domain/opaqueToken';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { ApiKeyId } from './ApiKeyId';
import type { ApiKeyName } from './ApiKeyName';
import { prefixOf } from './apiKeyText';
import { apiKeyCreated, apiKeyRevoked } from './events';

export interface ApiKeyState {
  readonly id: ApiKeyId;
  readonly workspaceId: WorkspaceId;
  readonly name: ApiKeyName;
  /** The key of its role in the workspace; null once it is revoked, so that the role is no longer in use. */
  readonly role: string | null;
  /** Of the key itself, which is kept nowhere. */
  readonly hash: string;
  readonly prefix: string;
  /** A person, or another key. */
  readonly createdBy: UserId;
  readonly createdAt: Date;
  /** Null for a key that holds until it is revoked. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

interface NewKey extends Pick<ApiKeyState, 'id' | 'name' | 'expiresAt'> {
  readonly role: string;
  /** As it is shown, this once. */
  readonly text: string;
}

/** Five years: whatever is meant to hold for longer says so by no end at all. */
const MAX_LIFETIME_MS = 5 * 365 * 24 * 60 * 60 * 1000;

/** A credential of a machine: the workspace's own, so that it goes on when the one who made it leaves. */
export class ApiKey extends AggregateRoot<ApiKeyState> {
  /** @throws ForbiddenError `ROLE_ESCALATION`, ValidationError for an end that is past or too far away */
  static create({ workspaceId, userId }: WorkspaceActor, { text, ...key }: NewKey, now: Date): ApiKey {
    const { id, name, role, expiresAt } = key;
    if (role === OWNER_ROLE) throw ForbiddenError.escalation('Owners are people: no key has the role owner.');
    const lifetime = expiresAt && expiresAt.getTime() - now.getTime();
    if (lifetime !== null && !(lifetime > 0 && lifetime <= MAX_LIFETIME_MS)) {
      throw ValidationError.field('expiresAt', 'expiresAt must be in the future, and within five years.');
    }
    const secretless = { hash: tokenHash(text), prefix: prefixOf(text) };
    const created = new ApiKey(
      { ...key, ...secretless, workspaceId, createdBy: userId, createdAt: now, revokedAt: null },
      0,
    );
    created.record(apiKeyCreated({ workspaceId, actorId: userId, at: now }, { apiKeyId: id, name, role }));
    return created;
  }

  static restore(state: ApiKeyState, version: number): ApiKey {
    return new ApiKey(state, version);
  }

  /**
   * What ends gives nothing that lasts longer.
   * @param expiresAt of a key that this one is to make
   * @throws ForbiddenError `ROLE_ESCALATION`
   */
  assertOutlasts(expiresAt: Date | null): void {
    const { expiresAt: end } = this.state;
    if (end && (!expiresAt || expiresAt > end)) throw ForbiddenError.escalation('No key makes one that outlasts it.');
  }

  /** Revoking it again changes nothing. */
  revoke(by: UserId, now: Date): void {
    const { id, workspaceId, name, revokedAt } = this.state;
    if (revokedAt) return;
    this.change({ revokedAt: now, role: null });
    this.record(apiKeyRevoked({ workspaceId, actorId: by, at: now }, { apiKeyId: id, name }));
  }
}
