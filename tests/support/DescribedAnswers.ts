import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2020';
import type { SeenAnswer } from './ApiClient';

type Node = Readonly<Record<string, unknown>> & { readonly $ref?: string };

/** Headers that must not come unannounced with an answer that is listed. */
const TELLING = ['etag', 'location', 'idempotency-replayed', 'retry-after', 'www-authenticate'];

/** What a declaration always implies, so that it is never answered by what stands for everything else. */
const IMPLIED = [412, 413, 415, 428, 429, 503];

const escaped = (step: string): string => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
const unescaped = (step: string): string => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');

/** Holds answers against an OpenAPI document (3.1, whose schemas are those of JSON Schema 2020-12). */
export class DescribedAnswers {
  private readonly ajv = addFormats(new Ajv({ strict: false, allErrors: true }));

  private readonly templates: readonly { readonly template: string; readonly pattern: RegExp }[];

  /** Those of a running platform. */
  static async of(address: string): Promise<DescribedAnswers> {
    return new DescribedAnswers((await (await fetch(`${address}/openapi.json`)).json()) as Node);
  }

  private constructor(private readonly document: Node) {
    this.ajv.addSchema(document, 'openapi');
    // What is spelled out comes before what a parameter stands for.
    this.templates = Object.keys(document.paths as object)
      .sort((a, b) => a.split('{').length - b.split('{').length)
      .map((template) => ({ template, pattern: new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }));
  }

  /** What an answer has that the document says otherwise, a line for each; nothing of what is no route. */
  differences(seen: SeenAnswer): string[] {
    const { status } = seen;
    const method = seen.method.toLowerCase();
    const [path = ''] = seen.path.split('?');
    const found = this.templates.find(
      ({ template, pattern }) => pattern.test(path) && this.at(['paths', template, method]),
    );
    const name = `${method} ${found?.template ?? path} → ${status}`;
    if (!found) return status === 404 || status === 405 ? [] : [`${name} is of no operation`];
    const responses = ['paths', found.template, method, 'responses'];
    const listed = this.at([...responses, String(status)]) !== undefined;
    if (!listed && (status < 400 || IMPLIED.includes(status))) return [`${name} is not listed`];
    const response = this.resolved([...responses, listed ? String(status) : 'default']);
    return [...this.inHeaders(seen, response), ...this.inBody(seen, response)].map((line) => `${name}: ${line}`);
  }

  private inHeaders({ headers }: SeenAnswer, response: readonly string[]): string[] {
    const declared = Object.keys(this.at([...response, 'headers']) ?? {});
    const unannounced = TELLING.filter(
      (name) => headers.has(name) && !declared.some((each) => each.toLowerCase() === name),
    );
    const wrong = declared.flatMap((name) => {
      const header = this.resolved([...response, 'headers', name]);
      const value = headers.get(name);
      if (value === null) return this.at(header)?.required === true ? [`${name} is missing`] : [];
      const typed = (this.at([...header, 'schema']) as Node).type === 'integer' ? Number(value) : value;
      return this.against([...header, 'schema'], typed).map((line) => `${name}${line}`);
    });
    const isListed = response.at(-1) !== 'Problem';
    return [...(isListed ? unannounced.map((name) => `${name} is not announced`) : []), ...wrong];
  }

  private inBody({ headers, body }: SeenAnswer, response: readonly string[]): string[] {
    const content = this.at([...response, 'content']);
    if (!content) return body === undefined ? [] : ['has a body'];
    const [type = ''] = (headers.get('content-type') ?? '').split(';');
    if (!(type in content) && !('*/*' in content)) return [`is ${type}`];
    return /\bjson$/.test(type) ? this.against([...response, 'content', type, 'schema'], body) : [];
  }

  private against(place: readonly string[], value: unknown): string[] {
    const validate = this.ajv.getSchema(`openapi#/${place.map(escaped).join('/')}`);
    if (!validate) throw new Error(`There is no schema at ${place.join(' / ')}.`);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  private at(place: readonly string[]): Node | undefined {
    return place.reduce<unknown>((node, step) => (node as Node | undefined)?.[step], this.document) as Node | undefined;
  }

  /** Where what stands at a place is told, there or where it refers to. */
  private resolved(place: readonly string[]): readonly string[] {
    const reference = this.at(place)?.$ref;
    return reference === undefined ? place : reference.split('/').slice(1).map(unescaped);
  }
}
