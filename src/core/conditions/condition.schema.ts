import { z } from 'zod';
import { issueOf } from '../json/json.schema';
import type { Condition } from './condition';
import { conditionProblemsOf } from './condition-problems';

/** The form of a condition; `checkJourney` says whether it makes sense where it stands. */
export const conditionSchema = z
  .custom<Condition>()
  .superRefine((value, context) => {
    for (const problem of conditionProblemsOf(value)) context.addIssue(issueOf(problem));
  })
  .meta({
    type: 'object',
    description:
      '`{ all: [condition] }`, `{ any: [condition] }`, `{ not: condition }` or `{ fact, is, to }`, at most 8 deep. ' +
      '`fact` is a dotted path below `event`, `entry`, `contact` or `message`; `to` a value or `{ fact }`. ' +
      'A number equals its decimal text, and amounts as text compare exactly. Two facts that are blank or 0 are never equal. ' +
      "A name that holds a dot is quoted: `event.properties['utm.source']`.",
    examples: [
      { fact: 'event.properties.cart_id', is: 'equals', to: { fact: 'entry.properties.cart_id' } },
    ],
  });
