import type { KnownParts } from '../core/journeys/checks/check-uses';
import type { Registry } from 'prom-client';
import type { RendererOf } from '../channels/templates/renderer';
import type { Intake } from '../intake/intake';
import type { Clock } from '../core/time/clock';
import type { EnrollmentId } from '../core/ids';
import type { Progress } from '../core/enrollments/progress';
import type { ReportReaders } from '../core/messages/report';
import type { AddressBook } from '../core/messages/route';
import type { TrustedDomains } from '../core/messages/sender';
import type { Links } from '../links/token';
import type { TxtLookup } from '../process/dns/txt-lookup';
import type { Logger } from '../process/logger';
import type { ChangingContacts } from '../operations/contacts/change-contact';
import type { Store } from '../store/store';
import type { PartsUp } from './health/parts-up';
import type { Admission } from './http/admission/admission';
import type { Callers } from './http/access/callers';

/** The Temporal side as the API sees it; it knows no client. */
export type WorkflowView = Readonly<{
  /** The place of an enrollment. Undefined when its workflow is closed, unknown or out of reach. */
  progressOf: (enrollment: EnrollmentId) => Promise<Progress | undefined>;
  isReachable: () => Promise<boolean>;
  namespace: string;
}>;

export type ApiDependencies = Readonly<{
  store: Store;
  intake: Intake;
  workflows: WorkflowView;
  links: Links;
  /** Tells the address of a contact in each channel. */
  channels: AddressBook;
  /** The providers that report on messages, by their name. */
  reports: ReportReaders;
  rendererOf: RendererOf;
  /** Checks the input of each action, by its name. */
  actions: KnownParts['actions'];
  /** Every workspace may send from these. */
  trustedDomains: TrustedDomains;
  lookUpTxt: TxtLookup;
  logger: Logger;
  registry: Registry;
  /** SHA-256, in hex, of the bootstrap admin key of the workspace `default`. */
  adminKeyHash?: string;
  callers: Callers;
  newContactId: ChangingContacts['newContactId'];
  admission: Admission;
  /** No answer waits longer for a silent store, in real milliseconds. */
  stallTimeoutMs: number;
  partsUp: PartsUp;
  /** True from the moment the process is asked to end. */
  isDraining: () => boolean;
  /** Unpredictable, for secrets and ids. */
  randomBytes: (size: number) => Buffer;
  /** Below 1, for what must not happen everywhere at once. */
  random: () => number;
  clock: Clock;
}>;

/** The dependencies from which an app makes the others. */
export type AppDependencies = Omit<ApiDependencies, 'partsUp'>;

/** The dependencies that are there before a server is. */
export type ServedDependencies = Omit<
  AppDependencies,
  'admission' | 'isDraining' | 'stallTimeoutMs'
>;
