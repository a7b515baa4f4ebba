import { join } from 'node:path';
import type { DevConfig } from '../../../src/process/config';
import { nodePart } from './node-part';
import type { Part } from './part';
import type { Ports } from '../processes/ports';
import { answersHttp, answersTcp } from '../processes/probes';

type Wishes = Readonly<{
  config: DevConfig;
  stateDir: string;
  ports: Pick<Ports, 'smtp' | 'mailbox' | 'gateway'>;
}>;

/**
 * An SMTP server, and a gateway that speaks as the other providers do. What they received is on a
 * web page. Nothing where EMAIL_URL or SMTP_URL names a provider.
 */
export function mailboxPart({ config, stateDir, ports }: Wishes): Part | undefined {
  if (config.emailUrl !== undefined) return undefined;
  const { smtp, mailbox, gateway } = ports;
  return nodePart({
    isIdle: true,
    name: 'mailbox',
    main: 'dev/mailbox',
    args: [
      ...['--smtp-port', String(smtp), '--web-port', String(mailbox)],
      ...['--gateway-port', String(gateway)],
      ...['--dir', join(stateDir, 'mail')],
    ],
    env: config.inherited,
    isReady: async () =>
      (await answersTcp(smtp)) &&
      (await answersTcp(gateway)) &&
      answersHttp(`http://127.0.0.1:${mailbox}/healthz`),
  });
}
