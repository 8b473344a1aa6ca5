import Joi from 'joi';
import { noContent, permission, route, type Controller } from '../../../src/core/presentation/Route';
import { NOTE_PERMISSION, type AddNote } from './AddNote';

const noteInput = Joi.object<{ text: string }>({ text: Joi.string().required() });

export class NoteController implements Controller {
  constructor(private readonly addNote: AddNote) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/notes',
      summary: 'Add a note',
      access: permission(NOTE_PERMISSION),
      body: noteInput,
      answers: { 204: null },
      handle: async ({ actor, body }) => {
        await this.addNote.execute(actor, body.text);
        return noContent();
      },
    }),
  ];
}
