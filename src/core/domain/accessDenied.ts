import { defineEvent } from './DomainEvent';

/** Somebody who is known tried what they may not do: a fact for the audit, which nobody hears. */
export const accessDenied = defineEvent<{
  /** A route, as `POST /roles`, or a socket command. */
  action: string;
  code: string;
  /** The permission that was missing, where it was one. */
  permission: string | null;
}>('access.denied');
