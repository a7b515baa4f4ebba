import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const bom = z.object({
  bomFormat: z.string(),
  components: z.array(z.object({ name: z.string(), version: z.string() })),
});

const nameIn = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 13);

const locked = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string(),
        dev: z.literal(true).optional(),
        integrity: z.string().optional(),
        resolved: z.string().optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

describe('what is delivered', () => {
  it('is listed whole as CycloneDX', () => {
    const printed = execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8' });
    const { bomFormat, components } = bom.parse(JSON.parse(printed));
    const shipped = Object.entries(locked.packages).filter(
      ([path, { dev }]) => path !== '' && !dev,
    );

    expect(bomFormat).toBe('CycloneDX');
    expect(new Set(components.map(({ name, version }) => `${name}@${version}`))).toEqual(
      new Set(shipped.map(([path, { version }]) => `${nameIn(path)}@${version}`)),
    );
  });

  it('is pinned by hash, and comes from no other registry', () => {
    const packages = Object.entries(locked.packages).filter(([path]) => path !== '');
    const isStrange = (url = 'https://registry.npmjs.org/') =>
      !url.startsWith('https://registry.npmjs.org/');

    expect(packages.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
    expect(packages.filter(([, { resolved }]) => isStrange(resolved))).toEqual([]);
  });

  it('is installed without the scripts of packages', () => {
    const ignored = execFileSync('npm', ['config', 'get', 'ignore-scripts'], { encoding: 'utf8' });

    expect(ignored.trim()).toBe('true');
  });
});
