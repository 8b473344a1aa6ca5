const PLAIN = /^[A-Za-z_$][\w$-]*$/;

/** A value of JSON as YAML: blocks for what holds something, JSON for everything else. Members that are undefined go. */
export function toYaml(value: unknown, indent = ''): string {
  if (Array.isArray(value) && value.length > 0) {
    return value.map((item) => `${indent}- ${toYaml(item, `${indent}  `).trimStart()}`).join('');
  }
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  if (members.length > 0) return members.map(([name, member]) => line(name, member, indent)).join('');
  return `${indent}${JSON.stringify(value)}\n`;
}

function line(name: string, value: unknown, indent: string): string {
  if (value === undefined) return '';
  const key = `${indent}${PLAIN.test(name) ? name : JSON.stringify(name)}:`;
  const nested = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return nested ? `${key}\n${toYaml(value, `${indent}  `)}` : `${key} ${JSON.stringify(value)}\n`;
}
