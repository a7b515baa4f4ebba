import type { Fault } from '../domain-error';
import { quoted } from '../quoted';
import { usesOf, type Step } from './steps/kinds';
import type { StepUse } from './steps/step';

/** The templates that exist in a workspace. */
export type KnownParts = Readonly<{
  templates: ReadonlySet<string>;
}>;

/** Steps that name a template that does not exist. */
export function checkUses(steps: readonly Step[], known: KnownParts): readonly Fault[] {
  return steps.flatMap((step, index) =>
    usesOf(step).flatMap((use) => checkTemplate(use, { step, pointer: `/steps/${index}`, known })),
  );
}

/** True of a step that sends a message, which conditions may read as `message.<step>`. */
export function sendsMessage(step: Step): boolean {
  return usesOf(step).length > 0;
}

type Placed = Readonly<{ step: Step; pointer: string; known: KnownParts }>;

function checkTemplate(
  { pointer, template }: StepUse,
  { step, pointer: place, known: { templates } }: Placed,
): readonly Fault[] {
  if (templates.has(template)) return [];
  const remedy = templates.size === 0 ? '' : `, or name one of ${quoted(templates)}`;
  const detail = `Step "${step.id}" sends template "${template}", which does not exist; upload it first${remedy}`;
  return [{ pointer: `${place}${pointer}`, code: 'unknown-template', detail }];
}
