/** Words of samples and tutorials. Six letters at least: random text does not hold one by chance. */
const SAMPLE_WORDS =
  /change|secret|passw[o0]rd|example|sample|default|placeholder|replace|insecure|development|keyboard|qwerty|letmein/i;

/** Random text of 32 bytes has more different characters than this, even when it is hexadecimal. */
const FEWEST_CHARACTERS = 8;

/** Whether a secret was copied or typed rather than generated: a sample, a repetition, a row of the keyboard. */
export function isGuessableSecret(secret: string): boolean {
  return SAMPLE_WORDS.test(secret) || new Set(secret).size < FEWEST_CHARACTERS || repeats(secret) || counts(secret);
}

/** Whether it is one piece over and over, the last time perhaps cut. */
function repeats(secret: string): boolean {
  for (let period = 1; period <= secret.length / 2; period += 1) {
    if (secret.startsWith(secret.slice(period))) return true;
  }
  return false;
}

/** Whether most characters are the successor of the one before: `abcdefgh…0123456789`. */
function counts(secret: string): boolean {
  const steps = [...secret].filter((_, index) => secret.charCodeAt(index + 1) - secret.charCodeAt(index) === 1);
  return steps.length > secret.length / 2;
}
