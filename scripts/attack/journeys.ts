import { patient, surely, unless } from './connection';
import type { Attack } from './setting';
import { putJourney, putTemplate, tell } from './shop';

const comparison = {
  fact: 'event.properties.list',
  is: 'intersects',
  to: { fact: 'entry.properties.list' },
};

function conditionOf(comparisons: number): object {
  const parts = Array.from({ length: comparisons }, () => comparison);
  const lists = [];
  for (let n = 0; n < comparisons; n += 50) lists.push({ any: parts.slice(n, n + 50) });
  return { all: lists };
}

const exitOf = (comparisons: number) => ({
  events: ['Order Completed'],
  when: conditionOf(comparisons),
  as: 'converted',
});

const heavyConditions: Attack = {
  item: 7,
  name: 'conditions that are as heavy as may be',
  run: async ({ author, writer, owner, round }) => {
    const steps = [{ id: 'pause', kind: 'wait', for: 'P1D' }];
    const id = 'weighty';
    const tooMuch = await putJourney(patient(author), id, { exits: [exitOf(5_000)], steps });
    const allowed = await putJourney(patient(author), id, { exits: [exitOf(500)], steps });
    const userId = `${id}-${round}`;
    const list = (of: string) => Array.from({ length: 1_000 }, (_, n) => `${of}${n}`);
    const entered = await tell(patient(writer), {
      name: id,
      userId,
      properties: { list: list('a') },
    });
    for (let n = 0; n < 50; n += 1)
      await tell(writer, { name: 'Order Completed', userId, properties: { list: list(`b${n}`) } });
    const erased = await owner({ method: 'DELETE', path: `/v1/contacts/${userId}` });
    return [
      ...unless([400, 422], 'a journey of 5,000 comparisons', tooMuch),
      ...unless([200, 201], 'a journey of 500 comparisons', allowed),
      ...unless([202], 'its entry', entered),
      ...unless([200, 202, 204], 'an erasure of who is in it', erased),
    ];
  },
};

const restlessCycle: Attack = {
  item: 14,
  name: 'a journey sends again and again without a rest',
  run: async ({ author }) => {
    await putTemplate(surely(author), 'again', { html: '<p>Again</p>' });
    const cycle = await putJourney(patient(author), 'restless', {
      steps: [
        { id: 'mail', kind: 'send', template: 'again', purpose: 'transactional' },
        { id: 'rest', kind: 'wait', for: 'PT0.001S', next: 'mail' },
      ],
    });
    return unless([400, 422], 'a cycle without a rest', cycle);
  },
};

export const journeyAttacks: readonly Attack[] = [heavyConditions, restlessCycle];
