declare const brand: unique symbol;
type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type WorkspaceId = Id<'workspace'>;
export type JourneyId = Id<'journey'>;
export type StepId = Id<'step'>;
export type ContactId = Id<'contact'>;
export type EnrollmentId = Id<'enrollment'>;
/** The client's id of an event: unique in its workspace. */
export type EventId = Id<'event'>;
/** Our id of an event, a digest of workspace and client id: opaque, so it may stand in Temporal. */
export type EventKey = Id<'event key'>;
export type TemplateId = Id<'template'>;
export type MessageId = Id<'message'>;
/** Names an API key without saying anything of it. */
export type ApiKeyId = Id<'api key'>;

export const workspaceId = (text: string): WorkspaceId => text as WorkspaceId;
export const journeyId = (text: string): JourneyId => text as JourneyId;
export const stepId = (text: string): StepId => text as StepId;
export const contactId = (text: string): ContactId => text as ContactId;
export const enrollmentId = (text: string): EnrollmentId => text as EnrollmentId;
export const eventId = (text: string): EventId => text as EventId;
export const eventKey = (text: string): EventKey => text as EventKey;
export const templateId = (text: string): TemplateId => text as TemplateId;
export const messageId = (text: string): MessageId => text as MessageId;
export const apiKeyId = (text: string): ApiKeyId => text as ApiKeyId;

/** `tag` stands for the key, which may be personal; `n` counts the enrollments of that key from 1. */
export type EnrollmentParts = Readonly<{
  journey: JourneyId;
  contact: ContactId;
  tag: string;
  n: number;
}>;

/** One contact in one journey for one key, for the n-th time: the id alone finds the running workflow. */
export function enrollmentIdOf({ journey, contact, tag, n }: EnrollmentParts): EnrollmentId {
  return `${journey}.${contact}.${tag}.${n}` as EnrollmentId;
}

/** A message is one visit of one send step, so a repeated attempt finds the claim of the first. */
export function messageIdOf(enrollment: EnrollmentId, step: StepId, visit: number): MessageId {
  return `${enrollment}.${step}.${visit}` as MessageId;
}
