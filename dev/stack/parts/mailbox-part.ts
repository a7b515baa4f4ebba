import { join } from 'node:path';
import type { DevConfig } from '../../../src/process/config';
import { nodePart } from './node-part';
import type { Part } from './part';
import type { Ports } from '../processes/ports';
import { answersHttp, answersTcp } from '../processes/probes';

type Wishes = Readonly<{
  config: DevConfig;
  stateDir: string;
  ports: Pick<Ports, 'smtp' | 'mailbox' | 'sms'>;
}>;

/**
 * An SMTP server and a gateway of text messages. What they received is on a web page. Nothing where
 * SMTP_URL names a server.
 */
export function mailboxPart({ config, stateDir, ports }: Wishes): Part | undefined {
  if (config.smtpUrl !== undefined) return undefined;
  const { smtp, mailbox, sms } = ports;
  return nodePart({
    isIdle: true,
    name: 'mailbox',
    main: 'dev/mailbox',
    args: [
      ...['--smtp-port', String(smtp), '--web-port', String(mailbox)],
      ...['--sms-port', String(sms)],
      ...['--dir', join(stateDir, 'mail')],
    ],
    env: config.inherited,
    isReady: async () =>
      (await answersTcp(smtp)) &&
      (await answersTcp(sms)) &&
      answersHttp(`http://127.0.0.1:${mailbox}/healthz`),
  });
}
