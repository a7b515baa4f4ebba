import ts from 'typescript';
import { groupBy } from '../../src/core/group-by';
import type { Fault } from './fault';
import { lineOf, type Source } from './source';

type Exported = Readonly<{ name: string; node: ts.Statement; isType: boolean }>;

const isPublic = /^src\/(core|channels|connectors|contract)\//;

/** Two exported types of src never share a name: a reader would have to look where each is from. */
export function findTwinTypes(sources: readonly Source[]): readonly Fault[] {
  const types = sources.flatMap((source) =>
    exportsOf(source)
      .filter(({ isType }) => isType)
      .map(({ name, node }) => ({ name, ...placeOf(source, node) })),
  );
  return [...groupBy(types, ({ name }) => name)]
    .filter(([, places]) => new Set(places.map(({ path }) => path)).size > 1)
    .flatMap(([name, places]) =>
      places.slice(1).map(({ path, line }) => ({
        path,
        line,
        says: `exports a second type ${name}, as ${places[0]?.path ?? ''} does: rename one`,
      })),
    );
}

export function findBareExports(source: Source): readonly Fault[] {
  if (!isPublic.test(source.path)) return [];
  const documented = new Set(
    exportsOf(source)
      .filter(({ node }) => ts.getJSDocCommentsAndTags(node).length > 0)
      .map(({ name }) => name),
  );
  const bare = exportsOf(source).filter(({ name }) => !documented.has(name));
  return [...new Map(bare.map((each) => [each.name, each])).values()].map(({ name, node }) => ({
    ...placeOf(source, node),
    says: `exports ${name} without a docstring: say what it is for`,
  }));
}

/** Only declarations: a name that a file passes on is documented where it is declared. */
function exportsOf({ tree }: Source): readonly Exported[] {
  return tree.statements.filter(isExported).flatMap((node): readonly Exported[] => {
    if (ts.isVariableStatement(node)) {
      return node.declarationList.declarations.map(({ name }) => ({
        name: name.getText(tree),
        node,
        isType: false,
      }));
    }
    return isNamed(node) ? [{ name: node.name.text, node, isType: isTypeLike(node) }] : [];
  });
}

function isExported(node: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function isNamed(node: ts.Statement): node is ts.Statement & { name: ts.Identifier } {
  return (isTypeLike(node) || ts.isFunctionDeclaration(node)) && node.name !== undefined;
}

function isTypeLike(
  node: ts.Statement,
): node is ts.TypeAliasDeclaration | ts.InterfaceDeclaration | ts.ClassDeclaration {
  return (
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isClassDeclaration(node)
  );
}

function placeOf(source: Source, node: ts.Node) {
  return { path: source.path, line: lineOf(source, node.getStart(source.tree)) };
}
