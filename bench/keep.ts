import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpuChartOf } from './charts/cpu';
import { ratiosOf } from './charts/ratios';
import { markdownOf, type Report } from './report';

/** Keeps a report as Markdown, JSON and pictures; `name` begins the name of each file. */
export function keep(report: Report, folder: string, name: string): void {
  const pictures = [ratiosOf(report), cpuChartOf(report)].filter((one) => one !== undefined);
  const links = pictures.map(({ title, ...one }) => `![${title}](${name}-${one.name}.svg)\n`);
  const write = (end: string, content: string) => {
    writeFileSync(join(folder, `${name}${end}`), content);
  };
  mkdirSync(folder, { recursive: true });
  write('.md', [markdownOf(report), ...links].join('\n'));
  write('.json', `${JSON.stringify(report, null, 2)}\n`);
  for (const picture of pictures) write(`-${picture.name}.svg`, picture.svg);
}
