import { basename, dirname } from 'node:path';
import { groupBy } from '../../src/core/group-by';
import type { Fault } from './fault';

const filesAtMost = 12;

/** Folders that may hold more files, each with its reason. */
const mayHoldMore: Readonly<Record<string, string>> = {};

/** A noun that no folder of src/core has, but other layers share. */
const otherNouns = ['keys', 'templates', 'links', 'steps', 'channels', 'connectors', 'actions'];

/** Words that the glossary turns down, or spells in another way. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  contacts: ['user', 'users', 'customer', 'customers', 'profile', 'profiles'],
  enrollments: ['enrolment', 'enrolments', 'instance', 'instances'],
  journeys: ['campaign', 'campaigns', 'flow', 'flows', 'automation', 'automations'],
  steps: ['node', 'nodes', 'tile', 'tiles'],
  workspaces: ['tenant', 'tenants'],
};

const layers = /^src\/(api|store|operations|activities|intake|channels|connectors)\//;

export function findCrowdedFolders(paths: readonly string[]): readonly Fault[] {
  const folders = groupBy(paths, (path) => dirname(path));
  return [...folders]
    .filter(([folder, files]) => files.length > filesAtMost && !(folder in mayHoldMore))
    .map(([path, files]) => ({
      path,
      says: `holds ${files.length} files: give a noun of it a folder of its own (at most ${filesAtMost})`,
    }));
}

/**
 * A noun has the name of its core folder in every layer. Inside that folder a file may be singular.
 */
export function findStrangeNouns(paths: readonly string[]): readonly Fault[] {
  const nouns = nounsOf(paths);
  const nounOf = new Map([...nouns].flatMap((noun) => formsOf(noun).map((form) => [form, noun])));
  return [...placesOf(paths.filter((path) => layers.test(path)))].flatMap((path) => {
    const noun = nounOf.get(basename(path, '.ts'));
    if (noun === undefined || dirname(path).split('/').includes(noun)) return [];
    return [{ path, says: `is named "${noun}" in the other layers: rename it` }];
  });
}

function nounsOf(paths: readonly string[]): ReadonlySet<string> {
  const ofCore = paths.map((path) => /^src\/core\/([^/]+)\//.exec(path)?.[1]);
  return new Set([...ofCore.filter((noun) => noun !== undefined), ...otherNouns]);
}

function formsOf(noun: string): readonly string[] {
  const singular = noun.replace(/s$/, '');
  const forms = [singular, `${singular}s`, `${singular}-list`, ...(otherWords[noun] ?? [])];
  return forms.filter((form) => form !== noun);
}

/** Every file, and every folder above it. */
function placesOf(paths: readonly string[]): ReadonlySet<string> {
  return new Set(
    paths.flatMap((path) => {
      const parts = path.split('/');
      return parts.map((_, n) => parts.slice(0, n + 1).join('/'));
    }),
  );
}
