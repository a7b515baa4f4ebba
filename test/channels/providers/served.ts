import type { Provider, ProviderAnswer } from '../../../src/channels/channel';
import { delivering } from '../email/mail-server';

/** The ways in which the server of a provider may answer. */
export type Conduct =
  | 'accepts'
  | 'refuses the address'
  | 'refuses the content'
  | 'refuses the credentials'
  | 'asks to wait'
  | 'fails'
  | 'accepts and says nothing'
  | 'answers garbage';

/** An adapter before a local server that speaks its protocol, and conducts itself as it is told. */
export type Served = Readonly<{
  /** The messages that the server has taken. */
  taken(): number;
  deliver(): Promise<ProviderAnswer>;
  close(): Promise<void>;
}>;

export type Serve = (conduct: Conduct) => Promise<Served>;

/** Delivers one message, as often as it is asked to. */
export function byProvider<Outgoing>(provider: Provider<Outgoing>, message: Outgoing) {
  const { deliver, close } = delivering(provider);
  return { deliver: () => deliver(message, 'key'), close };
}
