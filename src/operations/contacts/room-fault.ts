import { mostTraitCharacters, mostTraits } from '../../core/contacts/room-for-values';
import type { Fault } from '../../core/domain-error';

/** Says that a contact cannot hold the traits it is given. */
export const roomFault: Fault = {
  pointer: '/traits',
  code: 'contact-full',
  detail:
    `A contact has at most ${mostTraits} traits with ${mostTraitCharacters} characters of JSON ` +
    'in all; take some away by null, or make them shorter',
};
