import { behind, create, edit, imports, type Plantation } from './plantation';

const kind = create(
  'src/core/journeys/steps/ring.ts',
  `
import { stepId, type StepId } from '../../ids';
import { edge, nextOf, type Next, type StepModule } from './step';

/** Lets a bell ring. */
export type RingStep = Readonly<{ id: string; kind: 'ring'; times: number; next?: string }>;

/** The normal form of a RingStep. */
export type CompiledRing = Readonly<{ id: StepId; kind: 'ring'; times: number; next: Next }>;

/** An activity rings the bell. */
export const ring: StepModule<RingStep, CompiledRing> = {
  compile: ({ id, times, next }, { below }) => ({
    kind: 'ring',
    id: stepId(id),
    times,
    next: nextOf(next) ?? below,
  }),
  edges: ({ next }) => [edge('/next', next, false)],
  durations: () => [],
  conditions: () => [],
  hears: () => [],
  uses: () => [],
  meaning: ({ next }) => ({ kind: 'perform', work: 'ring', next }),
};
`,
);

const activity = create(
  'src/activities/ring/ring.ts',
  `
import type { Order } from '../../contract/activities';
import type { InstructionTo } from '../../core/enrollments/instruction';
import type { HandledOutcome } from '../../core/enrollments/outcome';
import { nowOf, type ActivityDependencies } from '../dependencies';
import { enrolledOf, stepOf } from '../enrolled';

export async function ring(
  dependencies: ActivityDependencies,
  order: Order<InstructionTo<'ring'>>,
): Promise<HandledOutcome> {
  const { journey } = await enrolledOf(dependencies, order);
  const { id, times } = stepOf(journey, order.instruction.step, 'ring');
  for (let rung = 0; rung < times; rung += 1) await dependencies.pause(1);
  return { kind: 'handled', step: id, at: nowOf(dependencies), written: 0 };
}
`,
);

/** A kind of step whose work an activity does. */
export const stepWithEffect: Plantation = {
  name: 'A step kind with a side effect',
  filesAtMost: 8,
  places: [
    kind,
    edit(
      'src/core/journeys/steps/kinds.ts',
      imports("{ ring, type CompiledRing, type RingStep } from './ring'"),
      behind('type AnyStep =', ' RingStep | StepBesideRing;\ntype StepBesideRing ='),
      behind(
        'type AnyCompiledStep =',
        ' CompiledRing | CompiledBesideRing;\ntype CompiledBesideRing =',
      ),
      behind('const kinds = {', ' ring,'),
    ),
    edit(
      'src/core/journeys/steps/step.schema.ts',
      behind(
        'const stepSchemas = {',
        " ring: z.strictObject({ kind: z.literal('ring'), id, times: z.int(), next }),",
      ),
    ),
    edit('src/core/journeys/steps/step.ts', behind('export type Performed =', " 'ring' |")),
    edit(
      'src/contract/activities.ts',
      imports("type { InstructionTo } from '../core/enrollments/instruction'"),
      behind(
        'export type ActActivities = Readonly<{\n',
        "  ring(order: Order<InstructionTo<'ring'>>): Promise<HandledOutcome>;\n",
      ),
    ),
    edit(
      'src/workflows/carry-out.ts',
      behind(
        '  switch (instruction.kind) {\n',
        "    case 'ring':\n      return acting.ring({ workspace, enrollment, instruction });\n",
      ),
    ),
    activity,
    edit(
      'src/activities/create-activities.ts',
      imports("{ ring } from './ring/ring'"),
      behind(
        'export function createActActivities(dependencies: ActivityDependencies): ActActivities {\n  return {',
        ' ring: (order) => ring(dependencies, order),',
      ),
    ),
  ],
};
