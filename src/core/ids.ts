declare const brand: unique symbol;
type Id<Kind extends string> = string & { readonly [brand]: Kind };

/** A tenant. */
export type WorkspaceId = Id<'workspace'>;
/** A journey of a workspace: `[a-z0-9-]{1,64}`, its author's choice. */
export type JourneyId = Id<'journey'>;
/** A step of a journey, its author's choice. */
export type StepId = Id<'step'>;
/** Our id of a contact: `c` and 16 random base32 characters. */
export type ContactId = Id<'contact'>;
/** An enrollment, and its workflow: see `enrollmentIdOf`. */
export type EnrollmentId = Id<'enrollment'>;
/** The client's id of an event: unique in its workspace. */
export type EventId = Id<'event'>;
/** Our id of an event: a digest, and so opaque. It may stand in Temporal. */
export type EventKey = Id<'event key'>;
/** A template of a workspace, its author's choice. */
export type TemplateId = Id<'template'>;
/** A line of the ledger: see `messageIdOf`. */
export type MessageId = Id<'message'>;
/** Names an API key without saying anything of it. */
export type ApiKeyId = Id<'api key'>;

/** Takes a text for the id of a workspace. */
export const workspaceId = (text: string): WorkspaceId => text as WorkspaceId;
/** Takes a text for the id of a journey. */
export const journeyId = (text: string): JourneyId => text as JourneyId;
/** Takes a text for the id of a step. */
export const stepId = (text: string): StepId => text as StepId;
/** Takes a text for the id of a contact. */
export const contactId = (text: string): ContactId => text as ContactId;
/** Takes a text for the id of an enrollment. */
export const enrollmentId = (text: string): EnrollmentId => text as EnrollmentId;
/** Takes a text for a client's id of an event. */
export const eventId = (text: string): EventId => text as EventId;
/** Takes a text for our id of an event. */
export const eventKey = (text: string): EventKey => text as EventKey;
/** Takes a text for the id of a template. */
export const templateId = (text: string): TemplateId => text as TemplateId;
/** Takes a text for the id of a message. */
export const messageId = (text: string): MessageId => text as MessageId;
/** Takes a text for the id of an API key. */
export const apiKeyId = (text: string): ApiKeyId => text as ApiKeyId;

/**
 * The parts of the id of an enrollment. `tag` stands for the key, which may be personal; `n` counts
 * the enrollments of that key from 1.
 */
export type EnrollmentParts = Readonly<{
  journey: JourneyId;
  contact: ContactId;
  tag: string;
  n: number;
}>;

/** The id of an enrollment. It alone finds the running workflow. */
export function enrollmentIdOf({ journey, contact, tag, n }: EnrollmentParts): EnrollmentId {
  return `${journey}.${contact}.${tag}.${n}` as EnrollmentId;
}

/** The contact in the id of an enrollment. Undefined for any other text. */
export function contactOf(enrollment: string): ContactId | undefined {
  const [journey, contact, tag, n, ...rest] = enrollment.split('.');
  if (!journey || !contact || !tag || !n || rest.length > 0) return undefined;
  return contactId(contact);
}

/** The id of a message. A visit of a send step has the same id on every attempt. */
export function messageIdOf(enrollment: EnrollmentId, step: StepId, visit: number): MessageId {
  return `${enrollment}.${step}.${visit}` as MessageId;
}
