import ts from 'typescript';

const PROPERTIES = [
  ts.SyntaxKind.PropertyAccessExpression,
  ts.SyntaxKind.PropertyAssignment,
  ts.SyntaxKind.PropertySignature,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.MethodSignature,
];

/** Every identifier that code declares or refers to; not so the names of properties, which nothing can shadow. */
export function namesIn(code: string): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isProperty = PROPERTIES.includes(node.parent?.kind) && (node.parent as ts.NamedDeclaration).name === node;
    if (ts.isIdentifier(node) && !isProperty) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true), visit);
  return names;
}
