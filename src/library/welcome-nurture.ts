import { defineJourney } from '../core/journeys/define-journey';

/**
 * Three letters to a new contact: at once, after two days and after four. The first order ends it.
 */
export const welcomeNurture = defineJourney({
  id: 'welcome-nurture',
  name: 'Welcome nurture',
  stage: 'consideration',
  entry: { events: ['Signed Up'], again: { after: 'P180D' } },
  exits: [
    { events: ['Order Completed'], as: 'converted' },
    { events: ['Unsubscribed'], as: 'unsubscribed' },
  ],
  steps: [
    { id: 'welcome', kind: 'send', template: 'welcome-nurture-welcome', purpose: 'marketing' },
    { id: 'to-day-2', kind: 'wait', for: 'PT48H' },
    { id: 'guide', kind: 'send', template: 'welcome-nurture-guide', purpose: 'marketing' },
    { id: 'to-day-4', kind: 'wait', for: 'PT48H' },
    { id: 'help', kind: 'send', template: 'welcome-nurture-help', purpose: 'marketing' },
  ],
});
