import { newOpaqueToken } from '../../../core/domain/opaqueToken';

/** What every API key begins with, so that people, secret scanners and the log know one. */
const BEGIN = 'atr_';
const FORM = /^atr_[\w-]{43}$/;
/** `atr_` and 48 of the 256 bits: enough to tell keys apart, and no help to who guesses the rest. */
const PREFIX_LENGTH = 12;

/** A new key, of 256 random bits. */
export function newApiKeyText(): string {
  return `${BEGIN}${newOpaqueToken()}`;
}

/** Whether a credential claims to be an API key, valid or not. */
export function isApiKeyText(credential: string): boolean {
  return credential.startsWith(BEGIN);
}

/** Whether it could be one: anything else needs no looking up. */
export function isWellFormed(text: string): boolean {
  return FORM.test(text);
}

/** The part of a key by which people recognize it. */
export function prefixOf(text: string): string {
  return text.slice(0, PREFIX_LENGTH);
}
