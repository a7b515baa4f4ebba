import type { Fault } from '../../domain-error';
import type { Journey } from '../journey';
import { partsThatHear } from '../listens';

/** Each enrollment carries the names, and each event of its contact reads them. */
const mostNames = 100;

/** Finds the first part that hears one event more than a journey may hear. */
export function checkListens(journey: Journey): readonly Fault[] {
  const heard = new Set<string>();
  for (const { names, pointer, subject } of partsThatHear(journey)) {
    for (const name of names) heard.add(name);
    if (heard.size > mostNames) return [tooMany(pointer, subject)];
  }
  return [];
}

function tooMany(pointer: string, subject: string): Fault {
  const detail = `${subject} is past the ${mostNames} events that a journey may listen for; listen for fewer, or split it`;
  return { pointer, code: 'too-many-names', detail };
}
