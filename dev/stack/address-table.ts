import type { StackFacts } from './start';

/** What a person opens, sends to and looks at, one line each. */
export function addressTable(facts: StackFacts): string {
  const rows: readonly (readonly [string, string | null])[] = [
    ['API', facts.api],
    ['API key', facts.apiKey],
    ['Mailbox', facts.mailbox],
    ['Temporal UI', facts.temporalUi],
    ['Temporal', facts.temporal],
    ['MongoDB', facts.mongodb],
    ['E-mail', facts.email],
    ['Time', facts.clock.scale === 1 ? 'real' : `× ${facts.clock.scale}`],
  ];
  return rows
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `  ${name.padEnd(12)} ${value ?? ''}`)
    .join('\n');
}
