import type { JobActors } from '../../../src/core/application/JobActors';
import { requirePermission } from '../../../src/core/domain/Actor';
import type { UserId, WorkspaceId } from '../../../src/core/domain/Id';
import { NOTE_PERMISSION, type AddNote } from './AddNote';

interface Note {
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  readonly text: string;
}

/** What the job made of each note, in its own words. */
export const outcomes = new Map<string, string>();

export class NoteJob {
  readonly name = 'note.add';

  constructor(
    private readonly addNote: AddNote,
    private readonly jobActors: JobActors,
  ) {}

  async run({ workspaceId, userId, text: content }: Note): Promise<void> {
    try {
      const member = await this.jobActors.actor(workspaceId, userId);
      requirePermission(member, NOTE_PERMISSION);
      await this.addNote.execute(member, content);
      outcomes.set(content, 'done');
    } catch (error) {
      outcomes.set(content, (error as { code: string }).code);
    }
  }
}
