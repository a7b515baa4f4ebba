import type { Fault } from '../../domain-error';
import type { JsonObject } from '../../json/json';
import { quoted } from '../../quoted';
import { usesOf, type Step } from '../steps/kinds';
import type { StepUse } from '../steps/step';

/** Finds what is wrong with the input of an action. `pointer` starts at the input. */
export type CheckActionInput = (input: JsonObject) => readonly Readonly<{
  pointer: string;
  detail: string;
}>[];

/** The templates of a workspace, and the actions of this product by name. */
export type KnownParts = Readonly<{
  templates: ReadonlySet<string>;
  actions: ReadonlyMap<string, CheckActionInput>;
}>;

/** Finds steps that name an unknown template or action, or give an action unfit input. */
export function checkUses(steps: readonly Step[], known: KnownParts): readonly Fault[] {
  return steps.flatMap((step, index) =>
    usesOf(step).flatMap((use) => checkUse(use, { step, pointer: `/steps/${index}`, known })),
  );
}

/** True of a step that sends a message, which conditions may read as `message.<step>`. */
export function sendsMessage(step: Step): boolean {
  return usesOf(step).some(({ kind }) => kind === 'template');
}

type Placed = Readonly<{ step: Step; pointer: string; known: KnownParts }>;

function checkUse(use: StepUse, placed: Placed): readonly Fault[] {
  return use.kind === 'template' ? checkTemplate(use, placed) : checkAction(use, placed);
}

function checkTemplate(
  { pointer, template }: Extract<StepUse, { kind: 'template' }>,
  { step, pointer: place, known: { templates } }: Placed,
): readonly Fault[] {
  if (templates.has(template)) return [];
  const remedy = templates.size === 0 ? '' : `, or name one of ${quoted(templates)}`;
  const detail = `Step "${step.id}" sends template "${template}", which does not exist; upload it first${remedy}`;
  return [{ pointer: `${place}${pointer}`, code: 'unknown-template', detail }];
}

function checkAction(
  { pointer, action, input }: Extract<StepUse, { kind: 'action' }>,
  { step, pointer: place, known: { actions } }: Placed,
): readonly Fault[] {
  const check = actions.get(action);
  if (!check) {
    const detail = `Step "${step.id}" asks for action "${action}", which does not exist; name one of ${quoted(actions.keys())}`;
    return [{ pointer: `${place}${pointer}/action`, code: 'unknown-action', detail }];
  }
  return check(input).map((fault) => ({
    pointer: `${place}${pointer}/input${fault.pointer}`,
    code: 'unfit-input',
    detail: `Step "${step.id}" gives action "${action}" an input it does not take: ${fault.detail}`,
  }));
}
