import { init, type EChartsOption } from 'echarts';

/** A picture of a report; `name` ends the name of its file. */
export type Picture = Readonly<{ name: string; title: string; svg: string }>;

type Drawing = Readonly<{
  name: string;
  title: string;
  height: number;
  option: EChartsOption;
}>;

const width = 1_000;

/** Colors on white, and what stands for them where the reader prefers dark. */
const darkOf = {
  '#ffffff': '#14171c',
  '#1f2430': '#e4e8ef',
  '#5b6372': '#a2abba',
  '#d5dae2': '#353c48',
} as const;

export const [paper, ink, faint, rule] = Object.keys(darkOf) as [string, string, string, string];

export const text = { color: ink, fontSize: 12, fontFamily: 'sans-serif' } as const;

/** An axis of one label a line, from the top. */
export function lineAxis(labels: readonly string[], label: object = {}) {
  return {
    type: 'category' as const,
    inverse: true,
    data: [...labels],
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { ...text, interval: 0, ...label },
  };
}

/** Draws a chart without a browser. */
export function draw({ name, title, height, option }: Drawing): Picture {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  const heading = { text: title, left: 16, top: 12, textStyle: { ...text, fontSize: 15 } };
  const common = { animation: false, backgroundColor: paper, textStyle: text, title: heading };
  chart.setOption({ ...common, ...option });
  const svg = chart.renderToSVGString().replace(onHover, '');
  chart.dispose();
  return { name, title, svg: `${svg.replace(/>/, `>\n<title>${title}</title>\n${dark}`)}\n` };
}

/** Styles under the pointer have names that count on, so that no two pictures would be equal. */
const onHover = / (?:class|ecmeta_\w+)="[^"]*"|<style ><!\[CDATA[^]*?<\/style>\n/g;

const dark = [
  '<style>@media (prefers-color-scheme: dark) {',
  ...Object.entries(darkOf).flatMap(([light, instead]) =>
    ['fill', 'stroke'].map((paint) => `[${paint}="${light}"] { ${paint}: ${instead} }`),
  ),
  '}</style>\n',
].join('\n');
