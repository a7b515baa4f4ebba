import { behind, create, edit, imports, type Plantation } from './plantation';

/** A kind of step that takes no time and does nothing outside: it leads to another step. */
export const pureStep: Plantation = {
  name: 'A pure step kind',
  filesAtMost: 4,
  places: [
    create(
      'src/core/journeys/steps/jump.ts',
      `
import { stepId, type StepId } from '../../ids';
import { edge, type StepModule } from './step';

/** Leads to a step that its author names. */
export type JumpStep = Readonly<{ id: string; kind: 'jump'; to: string }>;

/** The normal form of a JumpStep. */
export type CompiledJump = Readonly<{ id: StepId; kind: 'jump'; to: StepId }>;

/** Passes on at once. */
export const jump: StepModule<JumpStep, CompiledJump> = {
  compile: ({ id, to }) => ({ kind: 'jump', id: stepId(id), to: stepId(to) }),
  edges: ({ to }) => [edge('/to', to, false)],
  durations: () => [],
  conditions: () => [],
  hears: () => [],
  uses: () => [],
  meaning: ({ to }) => ({ kind: 'pass', cases: [], otherwise: to }),
};
`,
    ),
    edit(
      'src/core/journeys/steps/kinds.ts',
      imports("{ jump, type CompiledJump, type JumpStep } from './jump'"),
      behind('type AnyStep =', ' JumpStep | OtherStep;\ntype OtherStep ='),
      behind(
        'type AnyCompiledStep =',
        ' CompiledJump | OtherCompiledStep;\ntype OtherCompiledStep =',
      ),
      behind('const kinds = {', ' jump,'),
    ),
    edit(
      'src/core/journeys/steps/step.schema.ts',
      behind(
        'const stepSchemas = {',
        " jump: z.strictObject({ kind: z.literal('jump'), id, to: id }),",
      ),
    ),
  ],
};
