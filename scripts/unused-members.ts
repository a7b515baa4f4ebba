import { relative } from 'node:path';
import ts from 'typescript';
import { projectFolder } from '../dev/project-folder';

// Finds the functions of exported records, such as the verbs of the store, that only tests call.

/**
 * Functions whose caller the compiler does not see, or that wait for a caller: each with its
 * reason.
 */
const allowed: Readonly<Record<string, string>> = {
  'CommandModule.plan': 'the table of commands keeps the request of each, so its own type is asked',
  'ConnectedChannel.addressOf': 'the route asks it as an address of the core',
  'Context.close': 'the API and the worker take it as a part of theirs',
  'DataKeys.find': 'the payload codec sees it as the keys of contacts',
  'EnrollmentWorkflows.isReachable': 'the API sees it as WorkflowView',
  'Suppressions.suppress': 'tests set by it what a report of a bounce will',
};

type Member = Readonly<{ owner: string; name: ts.PropertyName; tree: ts.SourceFile }>;

function main(): void {
  const service = openService();
  const program = service.getProgram();
  const trees = program?.getSourceFiles().filter(({ fileName }) => areaOf(fileName) === 'src');
  const unused = (trees ?? [])
    .flatMap(membersOf)
    .filter((member) => !(nameOf(member) in allowed) && !isUsed(service, member));
  for (const member of unused) {
    const { name, tree } = member;
    const line = tree.getLineAndCharacterOfPosition(name.getStart(tree)).line + 1;
    const place = `${relative(projectFolder, tree.fileName)}:${line}`;
    say(`error unused-member ${place} nothing but tests calls ${nameOf(member)}`);
  }
  say(`unused-member: ${unused.length}`);
  if (unused.length > 0) process.exitCode = 1;
}

function openService(): ts.LanguageService {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const config = ts.getParsedCommandLineOfConfigFile(`${projectFolder}/tsconfig.json`, {}, host);
  if (!config) throw new Error('tsconfig.json cannot be read');
  return ts.createLanguageService({
    getScriptFileNames: () => config.fileNames,
    getScriptVersion: () => '0',
    getScriptSnapshot: (path) => {
      const text = ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => projectFolder,
    getCompilationSettings: () => config.options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => ts.sys.fileExists(path),
    readFile: (path) => ts.sys.readFile(path),
  });
}

function nameOf({ owner, name, tree }: Member): string {
  return `${owner}.${name.getText(tree)}`;
}

/** The first folder of a file of the project, such as `src`. */
function areaOf(path: string): string | undefined {
  return relative(projectFolder, path).split(/[\\/]/)[0];
}

function membersOf(tree: ts.SourceFile): readonly Member[] {
  return tree.statements.flatMap((statement) => {
    if (!ts.isTypeAliasDeclaration(statement) || !isExported(statement)) return [];
    const owner = statement.name.text;
    return functionsIn(statement.type).map((name) => ({ owner, name, tree }));
  });
}

function isExported({ modifiers }: ts.TypeAliasDeclaration): boolean {
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** The names of the functions of a record, also behind `Readonly` and in an intersection. */
function functionsIn(type: ts.TypeNode): readonly ts.PropertyName[] {
  if (ts.isIntersectionTypeNode(type)) return type.types.flatMap(functionsIn);
  if (ts.isTypeReferenceNode(type)) return (type.typeArguments ?? []).flatMap(functionsIn);
  if (!ts.isTypeLiteralNode(type)) return [];
  return type.members.flatMap((member) => {
    const isFunction =
      ts.isMethodSignature(member) ||
      (ts.isPropertySignature(member) && member.type && ts.isFunctionTypeNode(member.type));
    return isFunction ? [member.name] : [];
  });
}

function isUsed(service: ts.LanguageService, { name, tree }: Member): boolean {
  const found = service.findReferences(tree.fileName, name.getStart(tree)) ?? [];
  return found
    .flatMap(({ references }) => references)
    .some(({ fileName, textSpan }) => {
      const file = service.getProgram()?.getSourceFile(fileName);
      return file && areaOf(fileName) !== 'test' && isUse(file, textSpan.start);
    });
}

/** Whether a name is read there; a type and an object only say that there is such a member. */
function isUse(tree: ts.SourceFile, position: number): boolean {
  const parent = nodeAt(tree, position).parent;
  return !(
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isMethodDeclaration(parent)
  );
}

function nodeAt(tree: ts.SourceFile, position: number): ts.Node {
  let found: ts.Node = tree;
  const visit = (node: ts.Node): void => {
    if (node.getStart(tree) > position || position >= node.getEnd()) return;
    found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(tree, visit);
  return found;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main();
