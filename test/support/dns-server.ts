import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A DNS server of TXT records. It knows no other name, and is silent about some. */
export type DnsServer = Readonly<{
  /** `IP:PORT`. */
  address: string;
  /** The texts by name. A name with an empty list has other records only. */
  records: Map<string, readonly string[]>;
  silent: Set<string>;
  close(): Promise<void>;
}>;

const codes = { none: 0, unknownName: 3 } as const;

/** Answers over UDP on this machine (RFC 1035). */
export async function openDnsServer(): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const records = new Map<string, readonly string[]>();
  const silent = new Set<string>();
  socket.on('message', (query, { port, address }) => {
    const name = nameIn(query);
    if (!silent.has(name)) socket.send(answerTo(query, records.get(name)), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const address = `127.0.0.1:${socket.address().port}`;
  return { address, records, silent, close: () => closed(socket) };
}

async function closed(socket: Socket): Promise<void> {
  const done = once(socket, 'close');
  socket.close();
  await done;
}

const headerBytes = 12;

function nameIn(query: Buffer): string {
  const labels: string[] = [];
  let at = headerBytes;
  for (let size = query[at] ?? 0; size > 0; size = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + size));
    at += 1 + size;
  }
  return labels.join('.').toLowerCase();
}

/** The question again, and each text as a TXT record in chunks of 255 bytes. */
function answerTo(query: Buffer, texts: readonly string[] | undefined): Buffer {
  const questionEnd = query.indexOf(0, headerBytes) + 5;
  const header = Buffer.from(query.subarray(0, headerBytes));
  header.writeUInt16BE(0x8180 | (texts ? codes.none : codes.unknownName), 2);
  header.writeUInt16BE(texts?.length ?? 0, 6);
  header.writeUInt32BE(0, 8);
  const question = query.subarray(headerBytes, questionEnd);
  return Buffer.concat([header, question, ...(texts ?? []).map(recordOf)]);
}

function recordOf(text: string): Buffer {
  const chunks = (text.match(/.{1,255}/gs) ?? ['']).map((chunk) =>
    Buffer.concat([Buffer.from([chunk.length]), Buffer.from(chunk, 'latin1')]),
  );
  const data = Buffer.concat(chunks);
  const head = Buffer.from([0xc0, headerBytes, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0]);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
