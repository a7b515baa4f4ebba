import type { z } from 'zod';
import { DomainError } from '../../core/domain-error';
import type { CheckActionInput } from '../../core/journeys/checks/check-uses';
import type { JsonObject } from '../../core/json/json';
import type { ActivityDependencies } from '../dependencies';
import type { Enrolled } from '../enrolled';

/** The enrollment that an action is for, and what it may use. */
export type Acting = Readonly<{ dependencies: ActivityDependencies; enrolled: Enrolled }>;

/** Every action that `actions.ts` lists. The compiler asks for the line that is missing. */
export type ActionName = 'change-contact';

/**
 * The work of an `act` step. A repeat with the same input changes nothing more. It throws
 * DomainError where another attempt cannot help, anything else where it may.
 */
export type Action = Readonly<{
  /** Says what is wrong with an input. Publishing asks it, so that `perform` gets a fit one. */
  check: CheckActionInput;
  /** Throws `invalid` where the input is unfit. */
  perform(input: JsonObject, acting: Acting): Promise<void>;
}>;

/** An action whose input is what a schema says. */
export function defineAction<Input>(
  schema: z.ZodType<Input>,
  perform: (input: Input, acting: Acting) => Promise<void>,
): Action {
  return {
    check: (input) => {
      const { error } = schema.safeParse(input);
      return (error?.issues ?? []).map(({ path, message }) => ({
        pointer: path.map((part) => `/${String(part)}`).join(''),
        detail: message,
      }));
    },
    perform: async (input, acting) => {
      const parsed = schema.safeParse(input);
      if (!parsed.success) throw new DomainError('invalid', 'The action does not take this input.');
      await perform(parsed.data, acting);
    },
  };
}
