import type { Instant } from '../time/clock';

/** The kinds of things that an operator can switch off. */
export const switchKinds = ['channel', 'provider', 'journey'] as const;

/** A thing by its kind and name, such as the channel `email`. */
export type SwitchName = Readonly<{ kind: (typeof switchKinds)[number]; name: string }>;

/** Somebody has switched a thing off. Nothing goes out by it until it is on again. */
export type SwitchedOff = SwitchName & Readonly<{ reason: string; by: string; at: Instant }>;

/** The parts of a message that can be switched off. */
export type Switchable = Readonly<Record<SwitchName['kind'], string>>;

/** The first thing a message needs that is off, if any is. */
export function switchedOffFor(
  message: Switchable,
  off: readonly SwitchedOff[],
): SwitchedOff | undefined {
  return off.find(({ kind, name }) => message[kind] === name);
}
