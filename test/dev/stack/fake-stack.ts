import type { Part } from '../../../dev/stack/parts/part';
import { answersHttp } from '../../../dev/stack/processes/probes';
import { supervise, type StackPlan } from '../../../dev/stack/supervise';

const server = `require('http').createServer((_, answer) => answer.end()).listen(Number(process.argv[1]), '127.0.0.1')`;

/** A part that only answers on its port. */
export function fakePart(name: string, port: number): Part {
  return {
    name,
    file: process.execPath,
    args: ['-e', server, String(port)],
    env: {},
    isReady: () => answersHttp(`http://127.0.0.1:${port}`),
  };
}

export function fakePlan(parts: readonly Part[]): StackPlan {
  return {
    facts: {
      api: 'http://127.0.0.1:1',
      apiMetrics: 'http://127.0.0.1:5/metrics',
      temporal: '127.0.0.1:2',
      temporalUi: null,
      mailbox: null,
      email: 'smtp://127.0.0.1:3',
      sms: 'twilio://a:b@127.0.0.1:6?from=%2B1',
      whatsapp: 'whatsapp://1:b@127.0.0.1:6',
      mongodb: 'mongodb://127.0.0.1:4/itinera',
      apiKey: 'dev',
      clock: { realOrigin: 0, virtualOrigin: 0, scale: 1 },
    },
    tiers: parts.map((part) => [part]),
  };
}

/** `fake-stack.ts STATE PORT PORT` is a supervisor that a test can kill. */
if (require.main === module) {
  const [stateDir = '', store, worker] = process.argv.slice(2);
  const parts = [fakePart('store', Number(store)), fakePart('worker', Number(worker))];
  void supervise({ stateDir, plan: () => Promise.resolve(fakePlan(parts)), log: () => undefined });
}
