import { z } from 'zod';
import type { Instant } from '../../core/time/clock';
import type { Decision } from '../../core/decisions/decision';
import type { Enrollment } from '../../core/enrollments/enrollment';
import { isByOperator } from '../../core/events/command';
import type { RecordedEvent } from '../../core/events/recorded-event';
import {
  exportContact,
  type HeldAbout,
  type Pages,
} from '../../operations/contacts/export-contact';
import type { StoredContact } from '../../store/contacts/contact-row';
import { isoOf, isoSchema, objectSchema, present } from '../http/answers';
import { suppressionSchema, suppressionViewOf } from '../suppressions/suppressions';
import { consentLineSchema, consentLineViewOf } from './contact-consents';
import { contactParams, contactSchema, contactViewOf, noContact } from './contacts';
import { decisionViewOf, exportedDecisionSchema } from '../decisions/decision-view';
import type { ApiDependencies } from '../dependencies';
import { enrollmentSchema, enrollmentViewOf } from '../enrollments/enrollment-view';
import { eventSchema, eventViewOf } from '../events/event-views';
import { messageSchema, messageViewOf } from '../messages/messages';
import { operation } from '../http/operation';
import { inParts } from '../http/reply';

const exportedContactSchema = contactSchema
  .extend({
    identities: z.array(z.string()).meta({
      description: 'What finds the contact: `user:`, `anon:`, `ext:`, `email:`, `phone:`',
    }),
  })
  .meta({ id: 'ExportedContact' });

const exportedEventSchema = eventSchema
  .extend({
    intervention: z
      .object({ action: z.string(), by: z.string(), reason: z.string() })
      .optional()
      .meta({ description: 'What an operator did by it, and why' }),
  })
  .meta({ id: 'ExportedEvent' });

const exportedEnrollmentSchema = enrollmentSchema
  .extend({
    openedAt: isoSchema,
    entry: z
      .object({
        event: z.string(),
        name: z.string(),
        occurredAt: isoSchema,
        properties: objectSchema,
      })
      .meta({ description: 'The entry event that it works with' }),
  })
  .meta({ id: 'ExportedEnrollment' });

const exportSchema = z
  .object({
    exportedAt: isoSchema,
    contact: exportedContactSchema,
    merged: z
      .array(exportedContactSchema)
      .meta({ description: 'Contacts that were merged into it, as they were then' }),
    events: z.array(exportedEventSchema).meta({ description: 'Oldest first' }),
    enrollments: z.array(exportedEnrollmentSchema).meta({ description: 'Latest first' }),
    decisions: z.array(exportedDecisionSchema).meta({ description: 'Latest first' }),
    messages: z.array(messageSchema).meta({ description: 'Latest first' }),
    consents: z.array(consentLineSchema).meta({ description: 'Latest first' }),
    suppressions: z.array(suppressionSchema),
  })
  .meta({ id: 'ContactExport' });

export const getContactExport = operation({
  audited: true,
  summary: 'Everything held about a person',
  description:
    'Under every id that the contact and those merged into it have had: nothing is left out, however much it is. It is written ' +
    'while it is read, so that its length is not known before; an answer that breaks off is not the whole, ask again. What comes ' +
    'in meanwhile may or may not be in it. An erased contact has none.',
  params: contactParams,
  answers: { 200: { description: 'One document', schema: exportSchema } },
  refuses: ['not-found'],
  handle: async ({ params, workspace }, deps) => {
    const held = await exportContact(deps, workspace.id, params.ref);
    if (!held) return noContact(params.ref);
    return inParts('application/json', documentOf(held, { at: deps.clock.now(), deps }));
  },
});

type Writing = Readonly<{ at: Instant; deps: Pick<ApiDependencies, 'workflows'> }>;

/** The JSON text of the document, page by page. */
async function* documentOf(held: HeldAbout, { at, deps }: Writing): AsyncGenerator<string> {
  const contact = JSON.stringify(exportedContactOf(held.contact));
  yield `{"exportedAt":${JSON.stringify(isoOf(at))},"contact":${contact}`;
  yield* listOf('merged', held.merged, exportedContactOf);
  yield* listOf('events', held.events, exportedEventOf);
  yield* listOf('enrollments', held.enrollments, (enrollment) =>
    exportedEnrollmentOf(enrollment, deps),
  );
  yield* listOf('decisions', held.decisions, exportedDecisionOf);
  yield* listOf('messages', held.messages, messageViewOf);
  yield* listOf('consents', held.consents, consentLineViewOf);
  yield* listOf('suppressions', held.suppressions, suppressionViewOf);
  yield '}';
}

async function* listOf<Item>(
  name: string,
  pages: Pages<Item>,
  viewOf: (item: Item) => object,
): AsyncGenerator<string> {
  yield `,"${name}":[`;
  let separator = '';
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield separator + page.map((item) => JSON.stringify(viewOf(item))).join(',');
    separator = ',';
  }
  yield ']';
}

function exportedContactOf({ emails: _emails, ...contact }: StoredContact) {
  return contactViewOf(contact);
}

function exportedEventOf(event: RecordedEvent) {
  return { ...eventViewOf(event), ...present({ intervention: interventionOf(event) }) };
}

function interventionOf({ command }: RecordedEvent) {
  if (!isByOperator(command)) return undefined;
  const { kind: action, by, reason } = command;
  return { action, by, reason };
}

function exportedEnrollmentOf(enrollment: Enrollment, deps: Writing['deps']) {
  const { snapshot, openedAt } = enrollment;
  return {
    ...enrollmentViewOf(enrollment, deps),
    openedAt: isoOf(openedAt),
    entry: { ...snapshot, occurredAt: isoOf(snapshot.occurredAt) },
  };
}

function exportedDecisionOf(decision: Decision) {
  return { ...decisionViewOf(decision), contact: decision.contact };
}
