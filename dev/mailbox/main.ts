import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import MailDev from 'maildev';
import { hiddenAddress } from '../guard/hidden-address';
import { postAsMail } from './post-as-mail';
import { serveGateway } from './gateway/gateway';
import { serveGuarded } from '../guard/serve-guarded';

const { values } = parseArgs({
  options: {
    'smtp-port': { type: 'string', default: '1025' },
    'web-port': { type: 'string', default: '1080' },
    'gateway-port': { type: 'string', default: '1090' },
    dir: { type: 'string', default: '.itinera/mail' },
  },
});

async function main(): Promise<void> {
  mkdirSync(values.dir, { recursive: true });
  const behind = await hiddenAddress();
  void new MailDev({
    smtp: Number(values['smtp-port']),
    web: behind.port,
    ip: '127.0.0.1',
    webIp: behind.host,
    mailDirectory: values.dir,
    silent: true,
  }).listen();
  await serveGateway({
    port: Number(values['gateway-port']),
    onMessage: postAsMail(Number(values['smtp-port'])),
  });
  await serveGuarded({ port: Number(values['web-port']), behind });
}

void main();
