import Joi from 'joi';
import { listQuery, type ListQuery } from '../../../core/presentation/pagination';
import { id, moment, parsed } from '../../../core/presentation/schema';
import { Colour } from '../domain/Colour';
import type { LabelChanges } from '../domain/Label';
import type { LabelId } from '../domain/LabelId';
import { LabelName } from '../domain/LabelName';

export const labelView = Joi.object({
  id: id('label'),
  name: Joi.string(),
  colour: Joi.string(),
  createdAt: moment(),
  updatedAt: moment(),
});

const name = parsed(LabelName, '1 to 50 characters on one line, which no other label has');
const colour = parsed(Colour, '`#` and six hexadecimal digits');

export const labelInput = Joi.object<Required<LabelChanges>>({ name: name.required(), colour: colour.required() });
export const labelChanges = Joi.object<LabelChanges>({ name, colour }).min(1);
export const labelListQuery = listQuery<ListQuery>(['name']);

export const byLabelId = Joi.object<{ id: LabelId }>({ id: id('label').required() });
