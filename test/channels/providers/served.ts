import type { Provider, ProviderAnswer } from '../../../src/channels/channel';

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

/** Takes a slot for each delivery, and closes the provider at the end. */
export function byProvider<Outgoing>(provider: Provider<Outgoing>, message: Outgoing) {
  return {
    deliver: async () => {
      const slot = await provider.take();
      try {
        return await slot.deliver(message, 'key');
      } finally {
        slot.release();
      }
    },
    close: provider.close,
  };
}
