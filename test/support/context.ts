import { createContext, type Context, type Overrides } from '../../src/context';
import { rendererHere } from './renderer';
import { parseConfig, type Config } from '../../src/process/config';

const config: Config = { ...parseConfig({ LOG_LEVEL: 'silent' }), secrets: ['secret'] };

/** A context of which a test gives what matters to it, at least a store and workflows. */
export function testContext(
  overrides: Overrides & Required<Pick<Overrides, 'store' | 'workflows'>>,
): Context {
  return createContext(config, { rendererOf: () => rendererHere, ...overrides });
}
