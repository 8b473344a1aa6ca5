/** The built-in roles below `owner`, who holds every permission. */
export type BuiltInRole = 'admin' | 'member' | 'viewer';

/** A permission that a module contributes to the catalogue. */
export interface PermissionDefinition {
  /** `resource.action` */
  readonly key: string;
  readonly description: string;
  /** The built-in roles that hold it besides `owner`. */
  readonly heldBy: readonly BuiltInRole[];
}
