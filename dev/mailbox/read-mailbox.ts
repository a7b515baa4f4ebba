import { z } from 'zod';

/** One mail as the mailbox received it. */
export type ReceivedMail = Readonly<{
  /** Of the mailbox: two mails never share it. */
  id: string;
  to: readonly string[];
  from: string;
  subject: string;
  text: string;
  html: string;
  /** Names in lower case; a header that came more than once has several values. */
  headers: Readonly<Record<string, string | readonly string[]>>;
  /** Epoch milliseconds: the Date header, or the arrival where there is none. */
  receivedAt: number;
}>;

const addresses = z.array(z.object({ address: z.string() })).default([]);

const mails = z.array(
  z.object({
    id: z.string(),
    to: addresses,
    from: addresses,
    subject: z.string().default(''),
    text: z.string().default(''),
    html: z.string().default(''),
    headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    time: z.iso.datetime(),
  }),
);

/** Every mail of the mailbox at `webUrl`, oldest first. */
export async function readMailbox(webUrl: string): Promise<readonly ReceivedMail[]> {
  const response = await fetch(new URL('/email', webUrl));
  if (!response.ok) throw new Error(`The mailbox at ${webUrl} answers ${response.status}`);
  return mails
    .parse(await response.json())
    .map(({ to, from, time, ...mail }) => ({
      ...mail,
      to: to.map(({ address }) => address),
      from: from[0]?.address ?? '',
      receivedAt: Date.parse(time),
    }))
    .sort((one, other) => one.receivedAt - other.receivedAt);
}
