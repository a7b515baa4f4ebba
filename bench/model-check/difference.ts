/** By how much a prediction is beside a measure. */
export function difference(predicted: number, measured: number): string {
  const percent = (predicted / measured - 1) * 100;
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(0)} %`;
}
