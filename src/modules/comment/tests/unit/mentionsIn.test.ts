import { newId, type UserId } from '../../../../core/domain/Id';
import { ValidationError } from '../../../../core/errors/ValidationError';
import { CommentBody } from '../../domain/CommentBody';
import { mentionsIn } from '../../domain/mentionsIn';

describe('The mentions in a comment', () => {
  const [ada, grace] = [newId<UserId>(), newId<UserId>()];
  const inText = (text: string) => mentionsIn(CommentBody(text));

  it('are each found once, in order, wherever they stand', () => {
    expect(inText(`@[Grace](${grace}): ask @[Ada Lovelace](${ada})@[Ada](${ada}), > @[Grace](${grace})`)).toEqual([
      grace,
      ada,
    ]);
  });

  it.each([
    ['a pair of brackets', 'Bob [QA]'],
    ['several pairs', '[Dr] Bob [QA] []'],
    ['brackets and backslashes behind backslashes', String.raw`\]Bob\[ [\]] \\`],
    ['no letter', '🙂'],
  ])('may have %s in the name', (_what, name) => {
    expect(inText(`@[${name}](${ada}) and @[${name}](${grace})`)).toEqual([ada, grace]);
  });

  it('name people by ids in capitals, too', () => {
    expect(inText(`@[Ada](${ada.toUpperCase()}) @[Ada](${ada})`)).toEqual([ada]);
  });

  it('are found behind brackets that are never closed', () => {
    expect(inText(`@[so @[Ada](${ada}) [@[Grace](${grace}) [`)).toEqual([ada, grace]);
  });

  it.each([
    ['a bracket too many', `@[Bob]](${ada})`],
    ['a bracket that is never closed', `@[Bob [QA](${ada})`],
    ['brackets in brackets in brackets', `@[Bob [Q[A]]](${ada})`],
    ['an end behind a backslash', String.raw`@[Bob\](${ada})`],
    ['no name', `@[](${ada})`],
    ['a name on two lines', `@[Ada\nLovelace](${ada})`],
    ['a name of 101 characters', `@[${'x'.repeat(101)}](${ada})`],
    ['no at', `[Ada](${ada})`],
    ['no brackets', `@${ada}`],
    ['another thing than an id', '@[Ada](https://example.com)'],
    ['more than an id', `@[Ada](${ada}0)`],
    ['an address', 'ada@example.com'],
  ])('are none with %s', (_what, text) => {
    expect(inText(text)).toEqual([]);
  });
});

describe('The body of a comment', () => {
  it('is kept as it was written', () => {
    const code = '    at first\n\n\tthen ';
    expect(CommentBody(code)).toBe(code);
    expect(CommentBody('x'.repeat(5000))).toHaveLength(5000);
  });

  it.each(['', ' \n\t ', 'x'.repeat(5001)])('is something, and not too much', (raw) => {
    expect(() => CommentBody(raw)).toThrow(ValidationError);
  });
});
