import Joi from 'joi';
import { listQuery, type ListQuery } from '../../../core/presentation/pagination';
import { id, moment, parsed } from '../../../core/presentation/schema';
import { Color } from '../domain/Color';
import type { LabelChanges } from '../domain/Label';
import type { LabelId } from '../domain/LabelId';
import { LabelName } from '../domain/LabelName';

export const labelView = Joi.object({
  id: id('label'),
  name: Joi.string(),
  color: Joi.string(),
  createdAt: moment(),
  updatedAt: moment(),
});

const name = parsed(LabelName, '1 to 50 characters on one line, which no other label has');
const color = parsed(Color, '`#` and six hexadecimal digits');

export const labelInput = Joi.object<Required<LabelChanges>>({ name: name.required(), color: color.required() });
export const labelChanges = Joi.object<LabelChanges>({ name, color }).min(1);
export const labelListQuery = listQuery<ListQuery>(['name']);

export const byLabelId = Joi.object<{ id: LabelId }>({ id: id('label').required() });
