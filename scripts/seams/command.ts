import { behind, create, edit, imports, type Plantation } from './plantation';

/** A request of an operator about an enrollment. */
export const command: Plantation = {
  name: 'A command',
  filesAtMost: 4,
  places: [
    create(
      'src/intake/commands/nudge.ts',
      `
import { byOperator, planIntervention, type OperatorRequest } from './shared/by-operator';
import type { CommandModule } from './shared/command';

/** Tells an enrollment that an operator looks at it. */
export const nudge = {
  ...byOperator,
  plan: (dependencies, workspace, request: OperatorRequest) =>
    planIntervention(dependencies, workspace, {
      kind: 'nudge',
      name: 'Enrollment Nudged',
      request,
      effectOn: () => Promise.resolve({ kind: 'told' } as const),
    }),
  carryOut: () => Promise.resolve(),
} satisfies CommandModule<'nudge'>;
`,
    ),
    edit(
      'src/intake/commands/commands.ts',
      imports("{ nudge } from './nudge'"),
      behind('export const commands = {', ' nudge,'),
    ),
    edit(
      'src/core/events/command.ts',
      behind('type Contents = Readonly<{\n  exit: AskedByOperator;', '\n  nudge: AskedByOperator;'),
    ),
  ],
};
