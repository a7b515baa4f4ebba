import type { Journey } from '../core/journeys/journey';
import { cartRecovery } from './cart-recovery';
import { cartRecoveryMails } from './cart-recovery-mails';
import type { email } from './email';
import { reviewRequest } from './review-request';
import { reviewRequestMails } from './review-request-mails';
import { welcomeNurture } from './welcome-nurture';
import { welcomeNurtureMails } from './welcome-nurture-mails';

/** The journeys that come with Itinera, ready to be published once their templates are. */
export const builtInJourneys: readonly Journey[] = [cartRecovery, welcomeNurture, reviewRequest];

/** The templates these journeys name. */
export const builtInTemplates: readonly ReturnType<typeof email>[] = [
  ...cartRecoveryMails,
  ...welcomeNurtureMails,
  ...reviewRequestMails,
];
