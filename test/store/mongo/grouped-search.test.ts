import { groupedSearch, type Sought } from '../../../src/store/mongo/reading/grouped-search';

const rows = [
  { workspace: 'shop', _id: 's1', ids: ['ada', 'ada@shop.test'] },
  { workspace: 'shop', _id: 's2', ids: ['bob'] },
  { workspace: 'rival', _id: 'r1', ids: ['ada'] },
];

/** Finds whatever the workspaces and the values of the filter allow, as MongoDB would. */
function searchOver(commands: unknown[]) {
  return groupedSearch((filter) => {
    commands.push(filter);
    return Promise.resolve(rows);
  }, 'ids');
}

const namesOf = (found: readonly Readonly<Record<string, unknown>>[]) =>
  found.map(({ _id }) => _id);

describe('searches that come at once', () => {
  const searches: readonly Sought[] = [
    { workspace: 'shop', values: ['ada', 'ada@shop.test'] },
    { workspace: 'rival', values: ['ada'] },
    { workspace: 'shop', values: ['bob', 'ada'] },
    { workspace: 'rival', values: ['bob'] },
  ];

  it('share one command', async () => {
    const commands: unknown[] = [];

    await Promise.all(searches.map(searchOver(commands)));

    const workspace = { $in: ['shop', 'rival'] };
    expect(commands).toEqual([{ workspace, ids: { $in: ['ada', 'ada@shop.test', 'bob'] } }]);
  });

  it('take each their own rows, once, and none of another workspace', async () => {
    const found = await Promise.all(searches.map(searchOver([])));

    expect(found.map(namesOf)).toEqual([['s1'], ['r1'], ['s2', 's1'], []]);
  });
});
