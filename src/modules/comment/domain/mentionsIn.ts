import type { UserId } from '../../../core/domain/Id';
import type { CommentBody } from './CommentBody';

/** What is no bracket, or one behind a backslash, as in Markdown. */
const PLAIN = String.raw`[^\\[\]\n]|\\[^\n]`;
const NAME = String.raw`(?:${PLAIN}|\[(?:${PLAIN}){0,100}\]){1,100}`;
const ID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/**
 * `@[Ada Lovelace](0193…)`: to Markdown a link, so that the name is what people see wherever it is shown. The name is the
 * writer's; brackets in it stand in pairs, one level deep, or behind backslashes. It is bounded, and each character of it
 * can be read in one way only, so that a text full of beginnings takes no longer than any other. The id says who is meant.
 */
export const MENTION = new RegExp(String.raw`@\[${NAME}\]\(${ID}\)`, 'g');

/** Length of `(`, an id and `)`, with which each mention ends. */
const END = 38;

/** Who is meant by a comment, each once and in order; whether they are anybody is another question. */
export function mentionsIn(body: CommentBody): readonly UserId[] {
  const ids = (body.match(MENTION) ?? []).map((mention) => mention.slice(1 - END, -1).toLowerCase() as UserId);
  return [...new Set(ids)];
}
