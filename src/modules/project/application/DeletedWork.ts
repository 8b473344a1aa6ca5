/** Tasks and projects that were deleted and can still be brought back, of all workspaces. */
export interface DeletedWork {
  /**
   * Forgets some of those that were deleted up to a moment; inside a unit of work.
   * @returns how many tasks, `most` while there may be more
   */
  purge(upTo: Date, most: number): Promise<number>;
}
