import { z } from 'zod';
import {
  endReasons,
  ignoredReasons,
  messageReasons,
  refusalReasons,
  suppressionReasons,
  unroutedReasons,
} from '../../core/decisions/reasons';

const alreadySchema = z
  .string()
  .regex(/^already-/)
  .meta({
    description: 'An earlier event ends the journey before it could begin, as the author calls it',
    examples: ['already-converted'],
  });

/** Why an enrollment ended. */
export const endReasonSchema = z.enum(endReasons).meta({ id: 'EndReason' });

/** Why a journey refused an entry. */
export const refusalReasonSchema = z
  .union([z.enum(refusalReasons), alreadySchema])
  .meta({ id: 'RefusalReason' });

/** Why an event stands among the refusals. */
export const refusedReasonSchema = z
  .union([z.enum([...refusalReasons, ...ignoredReasons]), alreadySchema])
  .meta({ id: 'RefusedReason' });

/** Why a message has its status. */
export const messageReasonSchema = z.enum(messageReasons).meta({ id: 'MessageReason' });

/** Why an event was recorded and reaches nobody. */
export const unroutedSchema = z.enum(unroutedReasons).meta({ id: 'UnroutedReason' });

/** Why nothing is written to an address. */
export const suppressionReasonSchema = z.enum(suppressionReasons).meta({ id: 'SuppressionReason' });

/** The case of a branch. */
export const caseNameSchema = z
  .templateLiteral(['case ', z.int()])
  .or(z.literal('otherwise'))
  .meta({ id: 'CaseName', description: 'The case of a branch, counted from 1' });
