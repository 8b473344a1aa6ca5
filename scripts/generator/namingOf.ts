type Words = readonly string[];

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const pascal = (words: Words): string => words.map(capital).join('');
const camel = ([first = '', ...others]: Words): string => first + pascal(others);
const kebab = (words: Words): string => words.join('-');
const snake = (words: Words): string => words.join('_');
const upper = (words: Words): string => snake(words).toUpperCase();
const prose = (words: Words): string => words.join(' ');

const FORMS = [pascal, camel, kebab, snake, upper, prose];

/** By the rules of English; what is irregular stays so. */
function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:[sxz]|[cs]h)$/.test(word) ? `${word}es` : `${word}s`;
}

/** A module and what it is about, in all ways to write them. */
export interface Naming {
  /** What stands for what: `EntityName` for `Post`, `entity-names` for `posts`, `moduleName` for `board`. */
  readonly replacements: ReadonlyMap<string, string>;
  /** What the entity is called in code: the class, a variable, several of them. */
  readonly identifiers: readonly string[];
  readonly table: string;
  /** Of its routes. */
  readonly path: string;
}

/**
 * @param module in kebab-case
 * @param entity in PascalCase and in the singular
 */
export function namingOf(module: string, entity: string): Naming {
  const one = entity.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
  const many = [...one.slice(0, -1), plural(one.at(-1) ?? '')];
  const named: [Words, Words][] = [
    [['entity', 'names'], many],
    [['entity', 'name'], one],
    [['module', 'name'], module.split('-')],
  ];
  const article = /^(?!uni|use|eu|one)[aeiou]/.test(entity.toLowerCase()) ? 'an' : 'a';
  const replacements = new Map([
    ['an entity name', `${article} ${prose(one)}`],
    ['An entity name', `${capital(article)} ${prose(one)}`],
    ['Entity name', capital(prose(one))],
    // `post.created`, and not `post.post-created`.
    ['module-name.entity-name-', module === kebab(one) ? `${module}.` : `${module}.${kebab(one)}-`],
    ...named.flatMap(([placeholder, words]) => FORMS.map((form): [string, string] => [form(placeholder), form(words)])),
  ]);
  return {
    replacements,
    identifiers: [pascal(one), camel(one), camel(many)],
    table: snake(many),
    path: `/${kebab(many)}`,
  };
}
