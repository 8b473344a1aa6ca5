import type { UserId } from '../../../core/domain/Id';
import type { CommentBody } from './CommentBody';

/**
 * `@[Ada Lovelace](0193…)`: to Markdown a link, so that the name is what people see wherever it is shown. The name is the
 * writer's, and bounded, so that a text full of beginnings takes no longer than any other; the id says who is meant.
 */
export const MENTION = /@\[[^\]\n]{1,100}\]\([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\)/g;

/** Length of `(`, an id and `)`, with which each mention ends. */
const END = 38;

/** Who is meant by a comment, each once and in order; whether they are anybody is another question. */
export function mentionsIn(body: CommentBody): readonly UserId[] {
  const ids = (body.match(MENTION) ?? []).map((mention) => mention.slice(1 - END, -1) as UserId);
  return [...new Set(ids)];
}
