import { basename } from 'node:path';
import ts from 'typescript';
import type { Files } from './Files';

/** Where the members stand that the platform's container is filled with, and what they are members of. */
const REGISTERED: readonly (readonly [path: RegExp, owners: readonly string[]])[] = [
  [/^src\/core\/bootstrap\/buildPlatform\.ts$/, ['CORE_SERVICES', 'values']],
  [/^src\/core\/config\/Config\.ts$/, ['Config', 'http']],
  [/^src\/modules\/[^/]+\/module\.ts$/, ['services']],
];

/** What a member belongs to: the name of an interface, of a constant, of another member, or of a method it is given to. */
function ownerOf({ parent }: ts.Node): string | undefined {
  if (ts.isInterfaceDeclaration(parent)) return parent.name.text;
  const owner = parent.parent;
  if (ts.isCallExpression(owner)) return owner.expression.getLastToken()?.getText();
  return ts.isVariableDeclaration(owner) || ts.isPropertyAssignment(owner) || ts.isPropertySignature(owner)
    ? owner.name.getText()
    : undefined;
}

function membersOf(code: string, owners: readonly string[]): string[] {
  const members: string[] = [];
  const visit = (node: ts.Node): void => {
    const isMember =
      ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) || ts.isPropertySignature(node);
    if (isMember && owners.includes(ownerOf(node) ?? '')) members.push(node.name.getText());
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true), visit);
  return members;
}

/** The names under which the code registers settings, services and, by its file, each class that has no other name. */
export function registeredNames(code: Files): ReadonlySet<string> {
  const classes = [...code.keys()].map((path) => basename(path, '.ts')).filter((name) => /^[A-Z]/.test(name));
  const members = [...code].flatMap(([path, text]) =>
    REGISTERED.flatMap(([place, owners]) => (place.test(path) ? membersOf(text, owners) : [])),
  );
  return new Set([...members, ...classes.map((name) => name.charAt(0).toLowerCase() + name.slice(1))]);
}
