export type EmailTiming = 'off' | 'immediate' | 'daily';

/** On which ways somebody is told. */
export interface Channels {
  readonly inApp: boolean;
  readonly email: EmailTiming;
  readonly push: boolean;
}

/** A kind of notification that a module contributes; people choose for each how they want to be told. */
export interface NotificationKind {
  /** Unique among all modules. */
  readonly key: string;
  /** For people who choose. */
  readonly description: string;
  /** What it says. `{name}` stands for that fact, `{actor}` for who did it, `{workspace}` for where. */
  readonly title: string;
  /** Where the frontend shows more; `{name}` stands for that fact, `{workspaceId}` for the workspace. */
  readonly path: string;
  /** Who does not hold it in the workspace is not told. */
  readonly permission?: string;
  readonly byDefault: Channels;
  /** Another mail tells of it, whatever the person prefers: none goes out for the notification. */
  readonly mailedElsewhere?: true;
}
