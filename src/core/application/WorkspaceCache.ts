import type { WorkspaceId } from '../domain/Id';

/** Keeps answers about a workspace for as long as nothing happens in it, and never for longer than a minute. */
export interface WorkspaceCache {
  /**
   * What `look` answers, now or at a moment since which nothing has happened in the workspace, on whatever node: as far as
   * what `look` reads changes with an event of the workspace, the answer is never older than the call.
   * @param topic what it is about, one of few words that the code knows
   * @param question all that the answer depends on besides the workspace, as JSON has it
   * @param look answers what JSON can keep; of moments, texts come back
   */
  answer<Value>(topic: string, workspaceId: WorkspaceId, question: unknown, look: () => Promise<Value>): Promise<Value>;
}
