import { messageReported } from '../../core/decisions/message-decisions';
import type { Enrollment } from '../../core/enrollments/enrollment';
import { messageEventOf, type ReportKind } from '../../core/events/message-event';
import type { Message } from '../../core/messages/message';
import type { MessageReport } from '../../core/messages/report';
import type { Clock, Instant } from '../../core/time/clock';
import type { Intake } from '../../intake/intake';
import type { Store } from '../../store/store';

type Dependencies = Readonly<{
  store: Pick<Store, 'messages' | 'decisions' | 'enrollments' | 'suppressions' | 'workspaces'>;
  intake: Pick<Intake, 'accept'>;
  clock: Clock;
}>;

/**
 * Takes a report into the ledger, and tells a wait of its enrollment. A bounce for good and a
 * complaint close the address. A repeat changes nothing. `unknown-message` where this provider has
 * carried no such message.
 */
export async function takeReport(
  dependencies: Dependencies,
  provider: string,
  report: MessageReport,
): Promise<'taken' | 'unknown-message'> {
  const { store, clock } = dependencies;
  const { workspace, message: id } = report.reference;
  const message = await store.messages.find(workspace, id);
  if (message?.provider !== provider) return 'unknown-message';
  const enrollment = await store.enrollments.find(workspace, message.enrollment);
  const at = Math.min(clock.engineTimeOf(report.at), clock.now());
  const kind = kindOf(report);
  if (message.status === 'unknown') {
    const finding = { journey: enrollment?.journey, at, report: kind };
    await store.decisions.record([messageReported(message, finding)]);
  }
  await store.messages.report(workspace, id, { ...report, kind, at });
  await closeAddress(dependencies, message, report, at);
  if (enrollment) await tell(dependencies, { message, enrollment, kind, report, at });
  return 'taken';
}

/** A program that opens a message proves no more than that it was delivered. */
function kindOf({ kind, isMachine }: MessageReport): ReportKind {
  return isMachine ? 'delivered' : kind;
}

async function closeAddress(
  { store }: Dependencies,
  { workspace, channel }: Message,
  { kind, address, isPermanent }: MessageReport,
  at: Instant,
): Promise<void> {
  if (address === undefined) return;
  const about = { channel, address, at } as const;
  if (kind === 'complained') {
    await store.suppressions.suppress(workspace, { ...about, because: 'complained' });
  } else if (kind === 'bounced' && isPermanent) {
    await store.suppressions.suppress(workspace, { ...about, because: 'bounced' });
  }
}

type Telling = Readonly<{
  message: Message;
  enrollment: Enrollment;
  kind: ReportKind;
  report: MessageReport;
  at: Instant;
}>;

/** A report that no wait of the journey can hear costs no event. */
async function tell(
  { store, intake }: Dependencies,
  { message, enrollment, kind, report, at }: Telling,
): Promise<void> {
  const name = messageEventOf(message.step, kind);
  if (enrollment.ended || !enrollment.listens.includes(name)) return;
  const home = await store.workspaces.find(message.workspace);
  if (!home) return;
  const link = placeOf(report.link);
  const { id, channel, provider, contact } = message;
  await intake.accept(home, {
    id: ['report', id, kind, ...(link === undefined ? [] : [link])].join(':'),
    isEngines: true,
    name,
    contact: { id: contact },
    enrollment: enrollment.id,
    occurredAt: at,
    properties: { message: id, channel, provider, ...(link !== undefined && { link }) },
    source: 'itinera',
  });
}

/** The place that a link leads to. Its query and our own tokens may be secrets. */
function placeOf(link: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const { origin, pathname } = new URL(link);
  return `${origin}${pathname.replace(/^\/([uc])\/.*$/, '/$1')}`;
}
