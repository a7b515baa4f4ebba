import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { projectFolder } from '../../dev/project-folder';
import type { Texts } from './plantation';

/** Files of src by path, with a text in place of that on disk, or with none there. */
export type Overlay = ReadonlyMap<string, string>;

/** Compiles src with an overlay, in this process. Each answer is the first error found. */
export type Compiler = Readonly<{
  textOf: Texts;
  /** Looks in the overlay and in what imports it. */
  errorNear: (overlay: Overlay) => string | undefined;
  errorAnywhere: (overlay: Overlay) => string | undefined;
}>;

const unusedCodes: ReadonlySet<number> = new Set([6133, 6192, 6196, 6198]);

export function createCompiler(): Compiler {
  const programOf = createProgramOf();
  return {
    textOf: (file) => ts.sys.readFile(pathOf(file)),
    errorNear: (overlay) => {
      const program = programOf(overlay);
      return firstError(program, [...overlay.keys(), ...importersOf(program, overlay)]);
    },
    errorAnywhere: (overlay) => {
      const program = programOf(overlay);
      return firstError(program, [...overlay.keys(), ...program.getRootFileNames().map(fileOf)]);
    },
  };
}

/** The new files of an overlay that no file imports. */
export function unreachedIn(overlay: Overlay, textOf: Texts): readonly string[] {
  const reached = new Set([...overlay.keys()].filter((file) => textOf(file) !== undefined));
  for (const file of reached) {
    const imported = importsOf(file, overlay.get(file) ?? '');
    imported.filter((next) => overlay.has(next)).forEach((next) => reached.add(next));
  }
  return [...overlay.keys()].filter((file) => !reached.has(file));
}

/** What no overlay covers is parsed once. */
function createProgramOf(): (overlay: Overlay) => ts.Program {
  const { options, fileNames } = readProject();
  const base = ts.createCompilerHost(options);
  const parsed = new Map<string, ts.SourceFile | undefined>();
  const parsedOnce: typeof base.getSourceFile = (name, target) => {
    if (!parsed.has(name)) parsed.set(name, base.getSourceFile(name, target));
    return parsed.get(name);
  };
  let former: ts.Program | undefined;
  return (overlay) => {
    const host = laidOver(overlay, { ...base, getSourceFile: parsedOnce });
    const rootNames = [...new Set([...fileNames, ...[...overlay.keys()].map(pathOf)])];
    former = ts.createProgram({ rootNames, options, host, ...(former && { oldProgram: former }) });
    return former;
  };
}

function laidOver(overlay: Overlay, host: ts.CompilerHost): ts.CompilerHost {
  const textOf = (name: string) => overlay.get(fileOf(name));
  const folders = new Set([...overlay.keys()].map((file) => dirname(pathOf(file))));
  return {
    ...host,
    directoryExists: (name) => folders.has(name) || ts.sys.directoryExists(name),
    fileExists: (name) => textOf(name) !== undefined || host.fileExists(name),
    readFile: (name) => textOf(name) ?? host.readFile(name),
    getSourceFile: (name, target) => {
      const text = textOf(name);
      return text === undefined
        ? host.getSourceFile(name, target)
        : ts.createSourceFile(name, text, target);
    },
  };
}

function readProject(): ts.ParsedCommandLine {
  const read = ts.readConfigFile(pathOf('tsconfig.json'), (name) => ts.sys.readFile(name));
  const config = { ...(read.config as object), include: ['src'] };
  return ts.parseJsonConfigFileContent(config, ts.sys, projectFolder);
}

/**
 * The first error in these files. An unused name is none: a person who forgets a place forgets its
 * import too.
 */
function firstError(program: ts.Program, files: readonly string[]): string | undefined {
  for (const file of new Set(files)) {
    const tree = program.getSourceFile(pathOf(file));
    const [error] = tree ? errorsOf(program, tree) : [];
    if (error) return wordsOf(error);
  }
  return undefined;
}

function errorsOf(program: ts.Program, tree: ts.SourceFile): readonly ts.Diagnostic[] {
  const syntactic = program.getSyntacticDiagnostics(tree);
  const errors = syntactic.length > 0 ? syntactic : program.getSemanticDiagnostics(tree);
  return errors.filter(({ code }) => !unusedCodes.has(code));
}

function importersOf(program: ts.Program, overlay: Overlay): readonly string[] {
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileOf(fileName).startsWith('src/'))
    .filter(({ fileName, text }) =>
      importsOf(fileOf(fileName), text).some((name) => overlay.has(name)),
    )
    .map(({ fileName }) => fileOf(fileName));
}

function importsOf(file: string, text: string): readonly string[] {
  return ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => `${join(dirname(file), name)}.ts`);
}

function wordsOf({ file, start = 0, code, messageText }: ts.Diagnostic): string {
  const words = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n')[0] ?? '';
  if (!file) return `TS${code} ${words}`;
  const { line } = file.getLineAndCharacterOfPosition(start);
  return `${fileOf(file.fileName)}:${line + 1} TS${code} ${words}`;
}

function pathOf(file: string): string {
  return join(projectFolder, file);
}

function fileOf(path: string): string {
  return relative(projectFolder, path);
}
