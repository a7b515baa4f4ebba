import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

// Prints what production consists of, as CycloneDX. `npm sbom --omit dev` would leave out packages
// that production and development share, such as Temporal's. So the lockfile says which go out.

const bom = z.looseObject({
  metadata: z.looseObject({ component: z.looseObject({ name: z.string() }) }),
  components: z.array(
    z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() }),
  ),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

const lockfile = z.object({
  packages: z.record(z.string(), z.object({ version: z.string(), dev: z.boolean().optional() })),
});

function main(): void {
  const printed = execFileSync(
    'npm',
    [
      ...['sbom', '--package-lock-only'],
      ...['--sbom-format', 'cyclonedx', '--sbom-type', 'application'],
    ],
    { encoding: 'utf8', maxBuffer: 64 << 20 },
  );
  const shipped = ofProduction(bom.parse(JSON.parse(printed)), shippedIn('package-lock.json'));
  process.stdout.write(`${JSON.stringify(shipped, undefined, 2)}\n`);
}

function shippedIn(path: string): ReadonlySet<string> {
  const { packages } = lockfile.parse(JSON.parse(readFileSync(path, 'utf8')));
  const shipped = Object.entries(packages).filter(([, { dev = false }]) => !dev);
  return new Set(
    shipped.map(
      ([place, { version }]) => `${place.split('node_modules/').at(-1) ?? ''}@${version}`,
    ),
  );
}

function ofProduction(all: z.infer<typeof bom>, shipped: ReadonlySet<string>) {
  const components = all.components.filter((one) => shipped.has(`${one.name}@${one.version}`));
  const { metadata } = all;
  const kept = new Set([metadata.component['bom-ref'], ...components.map((one) => one['bom-ref'])]);
  return {
    ...all,
    // npm takes the name of the folder.
    metadata: { ...metadata, component: { ...metadata.component, name: 'itinera' } },
    components,
    dependencies: all.dependencies
      .filter(({ ref }) => kept.has(ref))
      .map((one) => ({ ...one, dependsOn: one.dependsOn.filter((ref) => kept.has(ref)) })),
  };
}

main();
