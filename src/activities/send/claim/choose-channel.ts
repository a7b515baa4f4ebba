import type { ChannelName } from '../../../core/channels';
import { consentAgainst } from '../../../core/messages/consent-against';
import { routeFor, routesFor } from '../../../core/messages/route';
import { holdsBack } from '../../../core/messages/suppression';
import type { ActivityDependencies } from '../../dependencies';
import type { Sending } from '../sending';

/**
 * The first channel of the step by which the contact may be written to. It has an address there,
 * and neither its consents nor a suppression stand against it. If there is none it is the first
 * with an address, so that the gate says why nothing goes out.
 */
export async function chooseChannel(
  { store, channels }: ActivityDependencies,
  {
    enrollment,
    workspace,
    step,
    contact,
  }: Pick<Sending, 'enrollment' | 'workspace' | 'step' | 'contact'>,
): Promise<ChannelName> {
  const usual = routeFor(contact, step.channels, channels).channel;
  const routes = contact ? routesFor(contact, step.channels, channels) : [];
  if (!contact || routes.length < 2) return usual;
  const { softOptIn = false } = workspace;
  const allowed = routes.filter(
    ({ channel }) =>
      consentAgainst(contact, { purpose: step.purpose, channel, softOptIn }) === undefined,
  );
  for (const { channel, address } of allowed) {
    const found = await store.suppressions.ofAddress(enrollment.workspace, channel, address);
    if (!found.some((each) => holdsBack(each, step.purpose))) return channel;
  }
  return usual;
}
