import { isJsonObject, type JsonObject } from '../../json/json';
import type { Contact } from '../contact';

type Placed = Pick<Contact, 'timeZone' | 'traits'>;
type Zoned = Readonly<{ zone?: string }>;

/** A country as the runtime knows it. Versions differ in the name of its zones. */
type Region = Intl.Locale & Readonly<{ timeZones?: string[]; getTimeZones?(): string[] }>;

/**
 * The IANA zone by which a contact is written to. It is the contact's own, else the only zone of
 * its country, else that of the journey, else that of the workspace.
 */
export function localZone(
  contact: Placed | undefined,
  journey: Zoned,
  workspace: Readonly<{ zone: string }>,
): string {
  return zoneOf(contact) ?? journey.zone ?? workspace.zone;
}

function zoneOf(contact: Placed | undefined): string | undefined {
  if (!contact) return undefined;
  const country = countryOf(contact.traits);
  return contact.timeZone ?? (country === undefined ? undefined : onlyZoneOf(country));
}

/** The trait `country`, or `country` of the trait `address`, as an ISO 3166 code. */
function countryOf({ country, address }: JsonObject): string | undefined {
  const said = country ?? (isJsonObject(address) ? address['country'] : undefined);
  return typeof said === 'string' && /^[A-Za-z]{2}$/.test(said) ? said : undefined;
}

/** A country with several zones says nothing about where in it somebody lives. */
function onlyZoneOf(country: string): string | undefined {
  const region: Region = new Intl.Locale(`und-${country}`);
  const zones = region.getTimeZones?.() ?? region.timeZones ?? [];
  return zones.length === 1 ? zones[0] : undefined;
}
