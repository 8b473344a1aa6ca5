import type { Channels, NotificationKind } from '../../../core/domain/NotificationKind';
import type { NotificationFacts } from '../domain/Notification';
import type { NotificationRow } from './NotificationQueries';

/** A notification in words. */
export interface NotificationView extends Omit<NotificationRow, 'actorName' | 'workspaceName'> {
  readonly title: string;
  /** Below the frontend's address. */
  readonly path: string;
}

const fill = (template: string, facts: NotificationFacts, quote: (text: string) => string): string =>
  template.replaceAll(/\{(\w+)\}/g, (_match, name: string) => quote(facts[name] ?? ''));

const asIs = (text: string): string => text;

/** All kinds that modules have registered, and what they say. */
export class NotificationKinds {
  private readonly kinds: ReadonlyMap<string, NotificationKind>;

  constructor(registeredKinds: readonly NotificationKind[]) {
    this.kinds = new Map(registeredKinds.map((kind) => [kind.key, kind]));
    if (this.kinds.size < registeredKinds.length) throw new Error('Two kinds of notifications have the same key.');
  }

  get all(): readonly NotificationKind[] {
    return [...this.kinds.values()];
  }

  /** How people are told of a kind who have said nothing; nothing at all of a kind that is no more. */
  byDefault(key: string): Channels {
    return this.kinds.get(key)?.byDefault ?? { inApp: false, email: 'off', push: false };
  }

  /** @param quote makes what people typed harmless where it is to stand */
  title(row: NotificationRow, quote: (text: string) => string = asIs): string {
    const { actorName, workspaceName, facts, kind } = row;
    const known = { actor: actorName ?? 'Somebody', workspace: workspaceName ?? '', ...facts };
    return fill(this.kinds.get(kind)?.title ?? 'Something has happened in {workspace}', known, quote);
  }

  path({ kind, facts, workspaceId }: NotificationRow): string {
    const template = this.kinds.get(kind)?.path ?? '/workspaces/{workspaceId}';
    return fill(template, { ...facts, workspaceId }, encodeURIComponent);
  }

  view(row: NotificationRow): NotificationView {
    const { id, workspaceId, kind, actorId, facts, readAt, createdAt } = row;
    return { id, workspaceId, kind, title: this.title(row), path: this.path(row), facts, actorId, readAt, createdAt };
  }
}
