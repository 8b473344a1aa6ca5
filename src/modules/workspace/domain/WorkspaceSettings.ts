import type { EmailDomain } from './EmailDomain';

/** What a workspace may decide for itself; what is missing is the platform's default. */
export interface WorkspaceSettings {
  /** BCP 47 language tag; `en` by default. */
  readonly locale?: string;
  /** An IANA time zone; `UTC` by default. */
  readonly timezone?: string;
  /** The key of the role that people get who join by their e-mail domain; `member` by default, never `owner`. */
  readonly defaultRole?: string;
  /** Whoever proves an address of these domains becomes a member. */
  readonly allowedEmailDomains?: readonly EmailDomain[];
  readonly limits?: WorkspaceLimits;
}

export interface WorkspaceLimits {
  /** Nobody joins beyond it; none by default. */
  readonly maxMembers?: number;
  /** What its files may take together, if that is less than the platform's quota. */
  readonly maxFileBytes?: number;
}

/** Each setting that is named is replaced as a whole; null takes it back to the default. */
export type SettingsChanges = {
  readonly [Setting in keyof WorkspaceSettings]?: NonNullable<WorkspaceSettings[Setting]> | null;
};

/** The settings after a change. */
export function changedSettings(settings: WorkspaceSettings, changes: SettingsChanges): WorkspaceSettings {
  return Object.fromEntries(Object.entries({ ...settings, ...changes }).filter(([, value]) => value !== null));
}
