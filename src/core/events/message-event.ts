/** Everything that a provider reports of a message it has taken. */
export const reportKinds = ['delivered', 'bounced', 'complained', 'opened', 'clicked'] as const;
/** A kind of report. */
export type ReportKind = (typeof reportKinds)[number];

/** A report as the steps of a journey hear it. */
export type MessageEvent = Readonly<{ step: string; kind: string }>;

/** The name of a report on the message of a step, such as `message.first.opened`. */
export function messageEventOf(step: string, kind: ReportKind): string {
  return `message.${step}.${kind}`;
}

/** The step and kind that a name is written for. Undefined where it is no such name. */
export function messageEventIn(name: string): MessageEvent | undefined {
  const [, step, kind] = /^message\.([a-z0-9-]{1,40})\.([a-z]+)$/.exec(name) ?? [];
  return step === undefined || kind === undefined ? undefined : { step, kind };
}

/** True of a name that the engine alone gives to an event. */
export function isMessageEvent(name: string): boolean {
  const kind = messageEventIn(name)?.kind;
  return reportKinds.some((known) => known === kind);
}
