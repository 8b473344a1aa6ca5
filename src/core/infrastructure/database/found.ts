import { NotFoundError } from '../../errors/NotFoundError';

/** The first of the rows of a query for one. @throws NotFoundError when there is none */
export function found<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new NotFoundError();
  return row;
}
