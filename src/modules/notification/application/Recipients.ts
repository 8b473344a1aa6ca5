import type { UserId, WorkspaceId } from '../../../core/domain/Id';

/** Somebody who may be told. */
export interface Recipient {
  readonly userId: UserId;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly timezone: string;
}

/** Who may be told of something, as things are at this moment: asked when a notification is made, and again when one is sent. */
export interface Recipients {
  /**
   * Those with an active account who are active members of the workspace, unless that is suspended or deleted, and hold
   * the permission, if there is one.
   */
  among(
    workspaceId: WorkspaceId,
    people: readonly UserId[] | 'everybody',
    permission: string | null,
  ): Promise<readonly Recipient[]>;
  /** Those with an active account, wherever they are members. */
  anywhere(people: readonly UserId[]): Promise<readonly Recipient[]>;
}
