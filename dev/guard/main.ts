import { parseArgs } from 'node:util';
import { serveGuarded } from './serve-guarded';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8233' },
    'to-host': { type: 'string', default: '127.0.0.1' },
    'to-port': { type: 'string', default: '8080' },
  },
});

void serveGuarded({
  port: Number(values.port),
  behind: { host: values['to-host'], port: Number(values['to-port']) },
});
