import type { CustomSeriesOption, CustomSeriesRenderItemAPI } from 'echarts';
import { figure, type Report } from '../report';
import type { Row } from '../row';
import { draw, faint, ink, lineAxis, rule, text, type Picture } from './draw';

const verdicts = {
  met: { color: '#2f8f5b', symbol: 'circle' },
  missed: { color: '#d9602b', symbol: 'diamond' },
  'does not count': { color: '#8a8f99', symbol: 'rect' },
} as const;

type Verdict = keyof typeof verdicts;

/** A row by its share of the target: 1 meets it, and more is better. */
type Judged = Readonly<{ row: Row; verdict: Verdict; share: number; spread: readonly number[] }>;

const columns = { left: 350, right: 150 } as const;
const broken = { width: columns.left - 70, overflow: 'break' } as const;
const rowHeight = 40;

/** Each row that has a target, with its spread. Undefined where there is none. */
export function ratiosOf({ at, rows }: Report): Picture | undefined {
  const judged = rows.flatMap(judge);
  if (judged.length === 0) return undefined;
  const verdictNames = Object.keys(verdicts) as Verdict[];
  const present = verdictNames.filter((name) => judged.some(({ verdict }) => verdict === name));
  return draw({
    name: 'ratios',
    title: `Each row against its target, ${at.slice(0, 10)}`,
    height: 130 + rowHeight * judged.length,
    option: {
      grid: { ...columns, top: 72, bottom: 58 },
      legend: {
        top: 14,
        right: 16,
        itemGap: 18,
        itemWidth: 12,
        itemHeight: 12,
        textStyle: text,
        data: present,
        selectedMode: false,
      },
      xAxis: shareAxis(judged),
      yAxis: [
        lineAxis(
          judged.map(({ row: { id, what } }) => `${id}  ${what}`),
          broken,
        ),
        {
          ...lineAxis(
            judged.map(({ row }) => reachedOf(row)),
            broken,
          ),
          position: 'right',
        },
      ],
      series: present.flatMap((verdict, n) => seriesOf(verdict, judged, n === 0)),
    },
  });
}

function judge(row: Row): readonly Judged[] {
  const share = shareOf(row.value, row.wanted);
  if (share === undefined) return [];
  const judgement = row.isMet === true ? 'met' : 'missed';
  return [
    {
      row,
      verdict: row.faults.length > 0 ? 'does not count' : judgement,
      share,
      spread: (row.spread ?? []).map((value) => shareOf(value, row.wanted) ?? share),
    },
  ];
}

/** The part of the target that a value reaches: 1 meets it. Undefined without such a target. */
export function shareOf(value: number, wanted: string): number | undefined {
  const [, side, bound] = /^([≥≤]) ([\d.]+)$/.exec(wanted) ?? [];
  if (bound === undefined) return undefined;
  return side === '≥' ? value / Number(bound) : Number(bound) / value;
}

function reachedOf({ value, wanted }: Row): string {
  return `${figure(value)}, wanted ${wanted}`;
}

/** Powers of two to both sides of the target. */
function shareAxis(judged: readonly Judged[]) {
  const shares = judged.flatMap(({ share, spread }) => [share, ...spread, 0.75, 1.5]);
  return {
    type: 'log' as const,
    logBase: 2,
    min: 2 ** Math.floor(Math.log2(Math.min(...shares))),
    max: 2 ** Math.ceil(Math.log2(Math.max(...shares))),
    name: 'share of the target: right of the line it is met',
    nameLocation: 'middle' as const,
    nameGap: 30,
    nameTextStyle: { ...text, color: faint },
    axisLabel: { ...text, color: faint, formatter: nameOf },
    splitLine: { lineStyle: { color: rule } },
  };
}

function nameOf(share: number): string {
  return share === 1 ? 'target' : `${share} ×`;
}

function seriesOf(verdict: Verdict, judged: readonly Judged[], hasTarget: boolean) {
  const { color, symbol } = verdicts[verdict];
  const own = judged.flatMap((each, n) => (each.verdict === verdict ? [{ ...each, n }] : []));
  const target = {
    silent: true,
    symbol: 'none',
    data: [{ xAxis: 1 }],
    label: { show: false },
    lineStyle: { color: ink, type: 'solid' as const, width: 1.5 },
  };
  return [
    spreadsOf(own.map(({ n, share, spread }) => [n, ...(spread.length > 0 ? spread : [share])])),
    {
      name: verdict,
      type: 'scatter' as const,
      symbol,
      symbolSize: 11,
      itemStyle: { color },
      data: own.map(({ n, share }) => [share, n]),
      ...(hasTarget && { markLine: target }),
    },
  ];

  function spreadsOf(data: readonly (readonly number[])[]): CustomSeriesOption {
    return {
      type: 'custom',
      encode: { x: [1, 2], y: 0 },
      data: data.map((each) => [...each]),
      renderItem: (_, api) => bar(api, color),
    };
  }
}

/** A line from the least to the most of a row. */
function bar(api: CustomSeriesRenderItemAPI, stroke: string) {
  const [n, one, other] = [0, 1, 2].map((at) => Number(api.value(at)));
  const [x1 = 0, y = 0] = api.coord([one ?? 0, n ?? 0]);
  const [x2 = x1] = api.coord([other ?? one ?? 0, n ?? 0]);
  return {
    type: 'line' as const,
    shape: { x1, y1: y, x2, y2: y },
    style: { stroke, lineWidth: 5, opacity: 0.45, lineCap: 'round' as const },
  };
}
