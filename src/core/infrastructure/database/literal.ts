/** A text in which nothing is a wildcard of LIKE. */
export function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
