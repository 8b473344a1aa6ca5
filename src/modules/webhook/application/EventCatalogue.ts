import { requirePermission, type WorkspaceActor } from '../../../core/domain/Actor';
import type { EventKind } from '../../../core/domain/DomainEvent';
import { ValidationError } from '../../../core/errors/ValidationError';
import { EVERY_EVENT } from '../domain/Webhook';

/** What a webhook can listen to. */
export class EventCatalogue {
  private readonly known: ReadonlySet<string>;

  private readonly rule: string;

  constructor(private readonly publicEvents: readonly EventKind[]) {
    const names = [EVERY_EVENT, ...publicEvents.map(({ name }) => name)];
    this.known = new Set(names);
    this.rule = `one of ${names.join(', ')}`;
  }

  /** @throws ValidationError that names each type that there is not */
  assertKnown(types: readonly string[]): void {
    ValidationError.assertEach(
      types,
      (index) => `events.${index}`,
      this.rule,
      (type) => this.known.has(type),
    );
  }

  /**
   * Nobody has told to a receiver what they may not hear themselves.
   * @throws PermissionDeniedError
   */
  assertMayHear(actor: WorkspaceActor, types: readonly string[]): void {
    for (const { name, permission } of this.publicEvents) {
      if (permission && (types.includes(name) || types.includes(EVERY_EVENT))) requirePermission(actor, permission);
    }
  }
}
