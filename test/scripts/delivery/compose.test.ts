import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const service = z.looseObject({
  ports: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.unknown()).default({}),
  command: z.array(z.string()).optional(),
});

const { services } = z
  .object({ services: z.record(z.string(), service) })
  .parse(parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }));

const command = (name: string) => services[name]?.command?.join(' ') ?? '';

describe('docker-compose.yml', () => {
  it.each(Object.entries(services))('confines %s', (_, confined) => {
    expect(confined).toMatchObject({
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      mem_limit: expect.stringMatching(/^\d+[mg]$/) as unknown,
      pids_limit: expect.any(Number) as unknown,
    });
  });

  it('opens every port to this machine only', () => {
    const ports = Object.values(services).flatMap((one) => one.ports);

    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('publishes neither a database nor Temporal', () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports.length > 0);

    expect(open.map(([name]) => name)).toEqual(['api', 'temporal-ui-guard', 'mailpit']);
  });

  it('gives MongoDB users, a key and no JavaScript', () => {
    expect(command('mongo')).toContain('--keyFile');
    expect(command('mongo')).toContain('--noscripting');
    expect(services['worker']?.environment['MONGODB_URI']).toMatch(/^mongodb:\/\/itinera:\$\{/);
  });

  it('has no default for a secret', () => {
    const settings = Object.values(services).flatMap(({ environment }) =>
      Object.entries(environment),
    );
    const secrets = settings.filter(([name]) => /SECRET|PASSWORD|PWD|KEY_RING|API_KEY/.test(name));

    const given = secrets.filter(([, value]) => !/^\$\{[A-Z_]+:(?:\?|-\}$)/.test(String(value)));

    expect(given).toEqual([]);
  });
});
