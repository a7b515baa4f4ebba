import { once } from 'node:events';
import { endOrphans } from '../processes/orphans';
import { readStackFile } from '../stack-file';

/**
 * Outlives the stack that started it, however that ends, and ends the parts it leaves behind. Its
 * standard input closes at that moment: `main.ts STATE PID` names the folder and the stack.
 */
async function main([stateDir = '', stack]: readonly string[]): Promise<void> {
  process.stdin.resume();
  await once(process.stdin, 'close');
  const left = readStackFile(stateDir);
  // Another stack may have taken the folder over, and ended the parts itself.
  if (left?.processes['stack'] === Number(stack)) await endOrphans(left, () => undefined);
}

void main(process.argv.slice(2));
