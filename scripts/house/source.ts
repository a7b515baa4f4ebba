import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectFolder } from '../../dev/project-folder';

/** A parsed file of the project; `path` is relative to the project and has forward slashes. */
export type Source = Readonly<{ path: string; tree: ts.SourceFile }>;

/** Parses every TypeScript file below the named folders of the project. */
export function readSources(folders: readonly string[]): readonly Source[] {
  return folders
    .flatMap((folder) => filesBelow(folder))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => parse(path, readFileSync(join(projectFolder, path), 'utf8')));
}

export function parse(path: string, text: string): Source {
  return { path, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
}

/** Lines are counted from 1, as editors do. */
export function lineOf({ tree }: Source, position: number): number {
  return tree.getLineAndCharacterOfPosition(position).line + 1;
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(projectFolder, folder), { withFileTypes: true })
    .map((entry) => ({ path: `${folder}/${entry.name}`, isFolder: entry.isDirectory() }))
    .flatMap(({ path, isFolder }) => (isFolder ? filesBelow(path) : [path]));
}
