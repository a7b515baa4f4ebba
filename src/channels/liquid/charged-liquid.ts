import { filters, toValue, type Emitter, type FilterImplOptions, type Liquid } from 'liquidjs';
import { assertNever } from '../../core/assert-never';
import { allowedFilters, allowedTags, type FilterCost } from './liquid-parts';

type Handler = Extract<FilterImplOptions, (...args: never[]) => unknown>;
type Context = ThisParameterType<Handler>['context'];
type Charge = (units: number) => void;

/** The price of one rendered tag, print or text, in the units of `memoryLimit`. */
const unitsPerPart = 20;

/**
 * Leaves the allowed tags and filters alone. Each charges its work to the memory limit of the
 * rendering before it does it, and so do printed texts.
 */
export function chargeLiquid(liquid: Liquid): void {
  for (const name of Object.keys(liquid.tags))
    if (!allowedTags.includes(name)) Reflect.deleteProperty(liquid.tags, name);
  for (const [name, filter] of Object.entries(liquid.filters)) {
    const cost = allowedFilters.get(name);
    if (cost === undefined) liquid.unregisterFilter(name);
    else if (typeof filter === 'function') liquid.registerFilter(name, charged(filter, cost));
  }
  const { renderer } = liquid;
  const renderTemplates = renderer.renderTemplates.bind(renderer);
  renderer.renderTemplates = (templates, context, emitter = createEmitter(context)) => {
    chargeOf(context)((1 + templates.length) * unitsPerPart);
    return renderTemplates(templates, context, emitter);
  };
}

/** Escapes printed facts for HTML. */
export const escapeOutput: Handler = charged(escapeFilter(), 'text');

function escapeFilter(): Handler {
  const { escape } = filters as Readonly<Record<string, FilterImplOptions>>;
  if (typeof escape !== 'function') throw new Error('liquidjs has no filter "escape"');
  return escape;
}

function charged(handler: Handler, cost: FilterCost): Handler {
  return function (value: unknown, ...given: unknown[]): unknown {
    chargeCall(chargeOf(this.context), cost, [value, ...given]);
    return handler.call(this, value, ...given);
  };
}

function chargeCall(charge: Charge, cost: FilterCost, values: readonly unknown[]): void {
  switch (cost) {
    case 'none':
      return;
    case 'length':
      values.forEach((value) => {
        charge(lengthOf(value));
      });
      return;
    case 'properties':
      charge(lengthOf(values[0]) * (1 + lengthOf(values[1])));
      return;
    case 'text':
      values.forEach((value) => {
        chargeText(charge, value);
      });
      return;
    default:
      assertNever(cost);
  }
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 1;
}

/** A list is printed with the lists in it, which may be there many times. */
function chargeText(charge: Charge, value: unknown): void {
  charge(lengthOf(value));
  if (Array.isArray(value))
    value.forEach((item: unknown) => {
      chargeText(charge, item);
    });
}

function createEmitter(context: Context): Emitter {
  const charge = chargeOf(context);
  const emitter: Emitter = {
    buffer: '',
    write: (printed: unknown) => {
      chargeText(charge, printed);
      emitter.buffer += textOf(printed);
    },
  };
  return emitter;
}

function textOf(value: unknown): string {
  const plain: unknown = toValue(value);
  if (Array.isArray(plain)) return plain.map(textOf).join('');
  return [plain].join('');
}

function chargeOf({ memoryLimit }: Context): Charge {
  return (units) => {
    memoryLimit.use(units);
  };
}
