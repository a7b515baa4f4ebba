// Rules for which the import of a type counts like any other.
const { options } = require('./.dependency-cruiser.cjs');

/** Members of a closed set are files beside its table. They may import what they share. */
const fileMembers = (name, folder, table, shared) => ({
  name: `${name}-know-no-sibling`,
  severity: 'error',
  from: { path: `^src/${folder}/[^/]+[.]ts$`, pathNot: `/(${[table, ...shared].join('|')})[.]ts$` },
  to: { path: `^src/${folder}/[^/]+[.]ts$`, pathNot: `/(${shared.join('|')})[.]ts$` },
});

/** Members of a closed set are folders. Beside them are the table and what they share. */
const folderMembers = (name, table, shared = []) => {
  const own = `^src/${name}/(${['$1', ...shared].join('|')})/`;
  return [
    {
      name: `${name}-know-no-sibling`,
      severity: 'error',
      from: { path: `^src/${name}/([^/]+)/` },
      to: { path: `^src/${name}/[^/]+/`, pathNot: own },
    },
    {
      name: `${name}-are-listed-once`,
      severity: 'error',
      from: { path: `^src/${name}/[^/]+[.]ts$`, pathNot: `/(${table})[.]ts$` },
      to: { path: `^src/${name}/[^/]+/`, pathNot: `^src/${name}/(${shared.join('|') || 'none'})/` },
    },
  ];
};

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    fileMembers('steps', 'core/journeys/steps', 'kinds', ['step', 'step[.]schema']),
    fileMembers('actions', 'activities/act/actions', 'actions', ['none']),
    fileMembers('commands', 'intake/commands', 'commands|ask|carry-out', ['none']),
    {
      name: 'commands-are-listed-once',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/intake/commands/commands[.]ts$' },
      to: { path: '^src/intake/commands/[^/]+[.]ts$', pathNot: '/(commands|ask|carry-out)[.]ts$' },
    },
    ...folderMembers('channels', 'channels|connect-channels', [
      'http',
      'links',
      'liquid',
      'templates',
      'rendering',
    ]),
    ...folderMembers('connectors', 'connectors'),
  ],
  options: { ...options, tsPreCompilationDeps: true },
};
