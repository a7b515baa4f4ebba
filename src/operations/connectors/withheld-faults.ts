import { roomFault } from '../contacts/room-fault';
import { assertNever } from '../../core/assert-never';
import type { Withheld } from '../../core/contacts/change-by-sender';
import type { Fault } from '../../core/domain-error';

const needs = 'needs a key with the scope "contacts:write"';

/** Two known users are one person for those alone who may write contacts. */
export const twoUsers: Fault = {
  pointer: '/previousId',
  code: 'needs-contacts-write',
  detail: `To make two users one ${needs}`,
};

/** Says of a part of a change that its sender may not make it. */
export function faultOfWithheld(withheld: Withheld): Fault {
  switch (withheld.kind) {
    case 'address':
      return {
        pointer: `/traits/${withheld.field}`,
        code: 'needs-contacts-write',
        detail: `To replace an address ${needs}`,
      };
    case 'consent':
      return {
        pointer: `/traits/consents/${withheld.purpose}/${withheld.channel}`,
        code: 'withdrawn',
        detail: 'The person has withdrawn this consent; PUT /v1/contacts/{ref} renews it',
      };
    case 'room':
      return roomFault;
    default:
      return assertNever(withheld);
  }
}
