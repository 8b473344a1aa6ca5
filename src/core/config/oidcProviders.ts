import Joi, { type CustomHelpers, type ErrorReport } from 'joi';
import type { OidcProvider } from './Config';
import { must } from './must';
import { webUrl } from './parsers';

/** An issuer is compared character by character, so it stays as it was written. */
function issuer(protocols: readonly string[]) {
  return (text: string): string => {
    webUrl(text);
    if (!protocols.includes(new URL(text).protocol)) throw new Error('not acceptable');
    return text;
  };
}

const listOf = (protocols: readonly string[]) =>
  Joi.array<readonly OidcProvider[]>()
    .items(
      Joi.object<OidcProvider>({
        name: must('1 to 64 of a-z, 0-9 and -', Joi.string().pattern(/^[a-z0-9-]{1,64}$/)).required(),
        issuer: must(
          `a URL with ${protocols.join(' or ')}, without query and credentials`,
          Joi.string().custom(issuer(protocols)),
        ).required(),
        clientId: must('a text', Joi.string()).required(),
        clientSecret: must('a text', Joi.string()),
        // RFC 6749, section 3.3
        scopes: must(
          'names separated by single blanks, openid among them',
          Joi.string().pattern(/^(?=(?:.* )?openid(?: |$))[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/),
        ).default('openid email profile'),
      }),
    )
    .unique('name');

const NOT_A_LIST = 'must be a JSON list of objects with name, issuer and clientId';

/** The first thing that is wrong, and where. An unknown member is not named: it may be a secret in the wrong place. */
function complaint({ details: [first] }: Joi.ValidationError): string {
  const { path = [], message = '', type = '' } = first ?? {};
  const known = type === 'object.unknown' ? path.slice(0, -1) : path;
  const place = known.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  if (type === 'object.unknown') return `${place} has a member that means nothing`;
  if (type === 'array.unique') return `${place} has the name of another one`;
  return place && path.length > 1 ? `${place} ${message}` : NOT_A_LIST;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says quotes the text.
    return undefined;
  }
}

/** Reads a JSON list of identity providers, whose issuers speak one of these protocols, e.g. `https:`. */
export function oidcProviders(...protocols: readonly string[]) {
  const schema = listOf(protocols).required();
  return (text: string, helpers: CustomHelpers): readonly OidcProvider[] | ErrorReport => {
    const result = schema.validate(parse(text), { convert: false, errors: { label: false } });
    return result.error ? helpers.message({ custom: complaint(result.error) }) : result.value;
  };
}
