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

export const kinds = ['unheard', 'heard', 'start', 'message'] as const;

export type Kind = (typeof kinds)[number];

export type ServiceTimes = Readonly<Record<Kind, Cost>>;

export function parseReport(json: unknown): MeasuredReport {
  return report.parse(json);
}

/** The processes of the product, without those that a benchmark needs beside them. */
export const parts = ['api', 'store', 'temporal', 'postgres', 'worker'] as const;

/** From the newest report that has a row. The newest report comes first. */
export function serviceTimesOf(reports: readonly MeasuredReport[]): ServiceTimes {
  const start = costOf(newestRow(reports, 'B5'));
  return {
    unheard: costOf(newestRow(reports, 'B1')),
    heard: costOf(newestRow(reports, 'B3')),
    start,
    message: messageOf(reports, start),
  };
}

/**
 * A due wait and its message: a whole journey less its start. Both were measured in one run, maybe
 * on another machine, so the start gives the scale. Nothing where no report has them.
 */
function messageOf(reports: readonly MeasuredReport[], start: Cost): Cost {
  const run = reports.find((one) => ['cost', 'starts'].every((id) => has(one, id)));
  if (!run) return {};
  const [whole, begun] = ['cost', 'starts'].map((id) => costOf(newestRow([run], id)));
  const scale = totalOf(start) / totalOf(begun);
  return Object.fromEntries(
    parts.map((part) => [part, Math.max(0, (whole?.[part] ?? 0) - (begun?.[part] ?? 0)) * scale]),
  );
}

export function totalOf(cost: Cost = {}): number {
  return Object.values(cost).reduce((sum, ms) => sum + ms, 0);
}

export function newestRow(reports: readonly MeasuredReport[], id: string): MeasuredRow {
  const rows = reports.flatMap((one) => one.rows);
  const found = rows.find((row) => counts(row, id));
  if (!found) throw new Error(`No report has a row ${id}: run \`npm run bench\``);
  return found;
}

function has({ rows }: MeasuredReport, id: string): boolean {
  return rows.some((row) => counts(row, id));
}

function counts(row: MeasuredRow, id: string): boolean {
  return row.id === id && row.faults.length === 0;
}

export function costOf({ sides }: MeasuredRow): Cost {
  const used = sides?.product.cpuMs ?? {};
  return Object.fromEntries(parts.map((part) => [part, used[part] ?? 0]));
}
