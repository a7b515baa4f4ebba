import type { Report } from '../report';
import type { Measure } from '../interleave';
import { draw, faint, lineAxis, paper, rule, text, type Picture } from './draw';

/** Each process has its color in every picture. */
const colors: Readonly<Record<string, string>> = {
  postgres: '#4e79a7',
  temporal: '#8f6bb3',
  store: '#2f8f5b',
  worker: '#d9602b',
  api: '#e0a526',
  'bare server': '#c99a6b',
  'bare worker': '#c46a8b',
  generator: '#8a8f99',
};
const otherColor = '#6f9fb0';

/** As in the table, less than this is nothing. */
const leastMs = 0.05;
const barHeight = 26;

type Bar = Readonly<{ label: string; cpuMs: Measure['cpuMs'] }>;

/** Where each side of a row spends its CPU. Undefined where no row has sides. */
export function cpuChartOf({ at, rows }: Report): Picture | undefined {
  const bars = rows.flatMap(({ id, sides }): readonly Bar[] =>
    Object.entries(sides ?? {}).map(([side, { cpuMs }]) => ({ label: `${id} ${side}`, cpuMs })),
  );
  if (bars.length === 0) return undefined;
  const used = ({ cpuMs }: Bar, name: string) => {
    const ms = cpuMs[name] ?? 0;
    return ms >= leastMs ? ms : 0;
  };
  const all = [...new Set(bars.flatMap(({ cpuMs }) => Object.keys(cpuMs)))];
  const names = all.filter((name) => bars.some((bar) => used(bar, name) > 0));
  const sums = bars.map((bar) => names.reduce((sum, name) => sum + used(bar, name), 0));
  return draw({
    name: 'cpu',
    title: `CPU by process, ${at.slice(0, 10)}`,
    height: 140 + barHeight * bars.length,
    option: {
      color: names.map((name) => colors[name] ?? otherColor),
      grid: { left: 110, right: 80, top: 72, bottom: 58 },
      legend: { top: 40, left: 16, itemGap: 18, textStyle: text, data: names, selectedMode: false },
      xAxis: {
        type: 'value',
        name: 'milliseconds of CPU for each event, signal or start',
        nameLocation: 'middle',
        nameGap: 30,
        nameTextStyle: { ...text, color: faint },
        axisLabel: { ...text, color: faint },
        splitLine: { lineStyle: { color: rule } },
      },
      yAxis: [
        lineAxis(bars.map(({ label }) => label)),
        { ...lineAxis(sums.map((ms) => ms.toFixed(2))), position: 'right' },
      ],
      series: names.map((name) => ({
        name,
        type: 'bar',
        stack: 'cpu',
        barWidth: barHeight - 8,
        itemStyle: { borderColor: paper, borderWidth: 1 },
        data: bars.map((bar) => used(bar, name)),
      })),
    },
  });
}
