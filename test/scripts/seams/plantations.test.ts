import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../../dev/project-folder';
import { filesOf } from '../../../scripts/seams/plantation';
import { plantations } from '../../../scripts/seams/plantations';

const contributing = readFileSync(join(projectFolder, 'CONTRIBUTING.md'), 'utf8');

describe('how to add', () => {
  test.each(plantations)('CONTRIBUTING counts the files of $name', (plantation) => {
    const { name, filesAtMost } = plantation;

    const row = contributing.split('\n').find((line) => line.startsWith(`| ${name} `));

    const cells = row?.split('|').map((cell) => cell.trim());
    expect(cells).toEqual(['', name, `${filesOf(plantation).length}`, `${filesAtMost}`, '']);
  });

  test.each(plantations)('$name touches no more files than it may', (plantation) => {
    const files = filesOf(plantation);

    expect(files.length).toBeLessThanOrEqual(plantation.filesAtMost);
  });
});
