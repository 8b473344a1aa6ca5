import { isUuid } from '../../../core/domain/Id';
import { EmailAddress, PersonName, Timezone } from '../../user';
import { PEOPLE } from './Manifest';
import { readObject, readText, refused } from './readRow';

const MEMBERS = ['id', 'email', 'name', 'bio', 'timezone', 'locale'];
const MAX_BIO = 2000;

/** Somebody in an archive: a member, or one who has left and of whom nothing but the id is there. */
export type ArchivedPerson =
  | { readonly id: string; readonly email: null }
  | {
      readonly id: string;
      readonly email: EmailAddress;
      readonly name: PersonName;
      readonly bio: string | null;
      readonly timezone: Timezone;
      readonly locale: string;
    };

/** @throws ValidationError */
export function readPerson(line: string): ArchivedPerson {
  const { id, email, name, bio, timezone, locale } = readObject(line, MEMBERS, PEOPLE);
  if (!isUuid(id)) throw refused(PEOPLE, 'an id is none');
  if (email === null) return { id, email };
  if (bio !== null && (typeof bio !== 'string' || bio.length > MAX_BIO))
    throw refused(PEOPLE, `what is the bio of ${id}?`);
  if (typeof locale !== 'string' || !isLocale(locale)) throw refused(PEOPLE, `what is the language of ${id}?`);
  return {
    id,
    email: readText(PEOPLE, EmailAddress, email),
    name: readText(PEOPLE, PersonName, name),
    bio,
    timezone: readText(PEOPLE, Timezone, timezone),
    locale,
  };
}

function isLocale(tag: string): boolean {
  try {
    return tag.length <= 35 && new Intl.Locale(tag).toString() !== '';
  } catch {
    return false;
  }
}
