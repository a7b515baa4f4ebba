import { groupedFind, wholeOf } from '../../../src/store/mongo/reading/grouped-search';

type Asked = Readonly<{ kind: string; owner: string }>;
type Row = Readonly<{ owner: string; n: number }>;

const rowsOf = (owner: string, count: number): readonly Row[] =>
  Array.from({ length: count }, (_, n) => ({ owner, n }));
const rows = [...rowsOf('ada', 2), ...rowsOf('bob', 1), ...rowsOf('regular', 500)];

function findOver(commands: string[]) {
  return groupedFind<Asked, Row>({
    alone: ({ owner }) => {
      commands.push(`alone ${owner}`);
      return Promise.resolve(rows.filter((row) => row.owner === owner));
    },
    together: (all) => {
      const owners = all.map(({ owner }) => owner);
      commands.push(`together ${owners.join(' ')}`);
      const found = rows.filter(({ owner }) => owners.includes(owner));
      return wholeOf(Promise.resolve({ rows: found, isCut: found.length > 100 }));
    },
    kindOf: ({ kind }) => kind,
    isOf: (row, { owner }) => row.owner === owner,
    mostItems: 3,
  });
}

const askedFor = (...owners: readonly string[]) => owners.map((owner) => ({ kind: 'a', owner }));

describe('searches that may find much', () => {
  it('share a command by kind, and take each their own rows', async () => {
    const commands: string[] = [];
    const asked = [...askedFor('ada', 'bob'), { kind: 'b', owner: 'bob' }];

    const found = await Promise.all(asked.map(findOver(commands)));

    expect(commands).toEqual(['together ada bob', 'alone bob']);
    expect(found).toEqual([rowsOf('ada', 2), rowsOf('bob', 1), rowsOf('bob', 1)]);
  });

  it('go alone where together they find too much for one answer', async () => {
    const commands: string[] = [];

    const found = await Promise.all(askedFor('ada', 'regular').map(findOver(commands)));

    expect(commands).toEqual(['together ada regular', 'alone ada', 'alone regular']);
    expect(found.map(({ length }) => length)).toEqual([2, 500]);
  });

  it('go in more commands where they are more than fit one', async () => {
    const commands: string[] = [];

    await Promise.all(askedFor('ada', 'bob', 'eve', 'ada').map(findOver(commands)));

    expect(commands).toEqual(['together ada bob eve', 'alone ada']);
  });
});
