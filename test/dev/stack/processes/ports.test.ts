import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settlePorts } from '../../../../dev/stack/processes/ports';

describe('ports of a stack', () => {
  let stateDir: string;
  let other: Server;
  let taken: number;

  beforeEach(async () => {
    stateDir = mkdtempSync(join(tmpdir(), 'itinera-ports-'));
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    taken = (other.address() as AddressInfo).port;
  });

  afterEach(async () => {
    await new Promise((resolve) => other.close(resolve));
    rmSync(stateDir, { recursive: true });
  });

  it('are all different', async () => {
    const ports = await settlePorts({ stateDir, from: 'any' });

    expect(new Set(Object.values(ports)).size).toBe(9);
  });

  it('stay the same for a state folder', async () => {
    const first = await settlePorts({ stateDir, from: 'any' });
    const second = await settlePorts({ stateDir, from: 'usual' });

    expect(second).toStrictEqual(first);
  });

  it('move when another program has taken one', async () => {
    const { api, ...first } = await settlePorts({ stateDir, from: 'any' });
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(api, '127.0.0.1', resolve));

    const { api: moved, ...second } = await settlePorts({ stateDir, from: 'any' });
    await new Promise((resolve) => squatter.close(resolve));

    expect(moved).not.toBe(api);
    expect(second).toStrictEqual(first);
  });

  it('take the api port that is asked for, over the remembered one', async () => {
    const first = await settlePorts({ stateDir, from: 'any' });
    const free = first.mailbox;
    rmSync(join(stateDir, 'ports.json'));

    const { api, mailbox } = await settlePorts({ stateDir, api: free, from: 'any' });

    expect(api).toBe(free);
    expect(mailbox).not.toBe(free);
  });

  it('do not yield silently when the api port that is asked for is taken', async () => {
    const settling = settlePorts({ stateDir, api: taken, from: 'usual' });

    await expect(settling).rejects.toThrow(`Port ${taken} is taken. Choose another with --port`);
  });
});
