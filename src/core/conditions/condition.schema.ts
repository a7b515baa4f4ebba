import { z } from 'zod';
import { issueOf } from '../json/json.schema';
import { operators, type Condition } from './condition';
import { conditionProblemsOf, mostParts } from './condition-problems';
import { factPathFormat } from './fact-path';

const condition = { $ref: '#/components/schemas/Condition' } as const;
const parts = { type: 'array', items: condition, minItems: 1, maxItems: mostParts } as const;

const formOf = (properties: object, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** Conditions as JSON Schema says them; the OpenAPI document calls it `Condition`. */
export const conditionFormat = {
  description:
    '`{ all: [condition] }`, `{ any: [condition] }`, `{ not: condition }` or `{ fact, is, to }`, at most 8 deep. ' +
    '`fact` is a dotted path below `event`, `entry`, `contact` or `message`; `to` a value or `{ fact }`. ' +
    'A number equals its decimal text, and amounts as text compare exactly. Two facts that are blank or 0 are never equal. ' +
    "A name that holds a dot is quoted: `event.properties['utm.source']`.",
  examples: [
    { fact: 'event.properties.cart_id', is: 'equals', to: { fact: 'entry.properties.cart_id' } },
  ],
  oneOf: [
    formOf({ all: parts }, ['all']),
    formOf({ any: parts }, ['any']),
    formOf({ not: condition }, ['not']),
    formOf(
      {
        fact: factPathFormat,
        is: { type: 'string', enum: operators },
        to: { $ref: '#/components/schemas/Json' },
      },
      ['fact', 'is'],
    ),
  ],
};

/** The form of a condition; `checkJourney` says whether it makes sense where it stands. */
export const conditionSchema = z
  .custom<Condition>()
  .superRefine((value, context) => {
    for (const problem of conditionProblemsOf(value)) context.addIssue(issueOf(problem));
  })
  .meta({ ...condition, type: 'object' });
