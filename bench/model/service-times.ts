import { z } from 'zod';

const side = z.object({ perSecond: z.number(), cpuMs: z.record(z.string(), z.number()) });

const report = z.object({
  at: z.string(),
  machine: z.string(),
  rows: z.array(
    z.object({
      id: z.string(),
      what: z.string(),
      value: z.number().nullable(),
      faults: z.array(z.string()),
      sides: z.object({ product: side }).optional(),
    }),
  ),
});

export type MeasuredReport = z.infer<typeof report>;
export type MeasuredRow = MeasuredReport['rows'][number];

/** Milliseconds of CPU that a piece of work takes, by process. */
export type Cost = Readonly<Record<string, number>>;

export type Kind = 'unheard' | 'heard' | 'start';

export type ServiceTimes = Readonly<Record<Kind, Cost>>;

export function parseReport(json: unknown): MeasuredReport {
  return report.parse(json);
}

const rowOf: Readonly<Record<Kind, string>> = { unheard: 'B1', heard: 'B3', start: 'B5' };

/** The processes of the product, without those that a benchmark needs beside them. */
export const parts = ['api', 'store', 'temporal', 'postgres', 'worker'] as const;

/** From the newest report that has a row. The newest report comes first. */
export function serviceTimesOf(reports: readonly MeasuredReport[]): ServiceTimes {
  return {
    unheard: costOf(reports, rowOf.unheard),
    heard: costOf(reports, rowOf.heard),
    start: costOf(reports, rowOf.start),
  };
}

export function newestRow(reports: readonly MeasuredReport[], id: string): MeasuredRow {
  const rows = reports.flatMap((one) => one.rows);
  const found = rows.find((row) => row.id === id && row.faults.length === 0);
  if (!found) throw new Error(`No report has a row ${id}: run \`npm run bench -- --only ${id}\``);
  return found;
}

function costOf(reports: readonly MeasuredReport[], id: string): Cost {
  const used = newestRow(reports, id).sides?.product.cpuMs ?? {};
  return Object.fromEntries(parts.map((part) => [part, used[part] ?? 0]));
}
