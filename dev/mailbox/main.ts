import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import MailDev from 'maildev';

const { values } = parseArgs({
  options: {
    'smtp-port': { type: 'string', default: '1025' },
    'web-port': { type: 'string', default: '1080' },
    dir: { type: 'string', default: '.itinera/mail' },
  },
});

mkdirSync(values.dir, { recursive: true });

void new MailDev({
  smtp: Number(values['smtp-port']),
  web: Number(values['web-port']),
  ip: '127.0.0.1',
  mailDirectory: values.dir,
  silent: true,
}).listen();
