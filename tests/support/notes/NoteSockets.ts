import Joi from 'joi';
import type { WorkspaceAccess } from '../../../src/core/application/Authenticator';
import { requirePermission } from '../../../src/core/domain/Actor';
import type { WorkspaceId } from '../../../src/core/domain/Id';
import { socketCommand, type SocketCommands } from '../../../src/core/presentation/sockets/SocketCommand';
import { NOTE_PERMISSION, type AddNote } from './AddNote';

const noteInWorkspace = Joi.object<{ workspaceId: WorkspaceId; text: string }>({
  workspaceId: Joi.string().required(),
  text: Joi.string().required(),
});

export class NoteSockets implements SocketCommands {
  constructor(
    private readonly addNote: AddNote,
    private readonly workspaceAccess: WorkspaceAccess,
  ) {}

  readonly commands = [
    socketCommand({
      name: 'note:add',
      summary: 'Add a note',
      input: noteInWorkspace,
      handle: async ({ actor }, input) => {
        const member = await this.workspaceAccess.enter(actor, input.workspaceId);
        requirePermission(member, NOTE_PERMISSION);
        await this.addNote.execute(member, input.text);
        return {};
      },
    }),
  ];
}
