import { serialize } from 'bson';
import { decodeDoc, isDoc, type Doc } from './storage/document';

/** One command as it came; `wantsReply` is false for unacknowledged writes. */
export type Message = Readonly<{
  requestId: number;
  body: Doc;
  wantsReply: boolean;
  /** The driver opens a connection with the older OP_QUERY, answered by OP_REPLY. */
  kind: 'msg' | 'query';
}>;

export const largestMessage = 48_000_000;

const header = 16;
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const checksumPresent = 1;
const moreToCome = 2;

/** Cuts a stream of chunks into whole messages; throws on a length beyond the limit. */
export function createSplitter(): (chunk: Buffer) => readonly Buffer[] {
  let chunks: Buffer[] = [];
  let buffered = 0;
  return (chunk) => {
    chunks.push(chunk);
    buffered += chunk.length;
    const first = chunks[0] ?? chunk;
    if (first.length >= 4 && buffered < lengthOf(first)) return [];
    let rest = Buffer.concat(chunks);
    const messages: Buffer[] = [];
    while (rest.length >= 4 && rest.length >= lengthOf(rest)) {
      messages.push(rest.subarray(0, lengthOf(rest)));
      rest = rest.subarray(lengthOf(rest));
    }
    chunks = rest.length > 0 ? [rest] : [];
    buffered = rest.length;
    return messages;
  };
}

function lengthOf(bytes: Buffer): number {
  const length = bytes.readInt32LE(0);
  if (length >= header && length <= largestMessage) return length;
  throw new Error(
    `A message of ${length} bytes is outside the limits of ${header} to ${largestMessage}`,
  );
}

export function decodeMessage(bytes: Buffer): Message {
  const requestId = bytes.readInt32LE(4);
  const code = bytes.readInt32LE(12);
  if (code === opMsg) return { requestId, kind: 'msg', ...decodeMsg(bytes) };
  if (code === opQuery)
    return { requestId, kind: 'query', body: decodeQuery(bytes), wantsReply: true };
  throw new Error(`The wire protocol operation ${code} is not supported here`);
}

function decodeMsg(bytes: Buffer): Pick<Message, 'body' | 'wantsReply'> {
  const flags = bytes.readUInt32LE(header);
  const end = bytes.length - (flags & checksumPresent ? 4 : 0);
  let body: Doc = {};
  for (let at = header + 4; at < end;) {
    const length = bytes.readInt32LE(at + 1);
    const section = bytes.subarray(at + 1, at + 1 + length);
    body =
      bytes[at] === 0
        ? { ...decodeDoc(section), ...body }
        : { ...body, ...decodeSequence(section) };
    at += 1 + length;
  }
  return { body, wantsReply: (flags & moreToCome) === 0 };
}

/** A section of kind 1: an array of the body, sent as documents one after the other. */
function decodeSequence(section: Buffer): Doc {
  const nameEnd = section.indexOf(0, 4);
  const docs: Doc[] = [];
  for (let at = nameEnd + 1; at < section.length; at += section.readInt32LE(at)) {
    docs.push(decodeDoc(section.subarray(at, at + section.readInt32LE(at))));
  }
  return { [section.toString('utf8', 4, nameEnd)]: docs };
}

function decodeQuery(bytes: Buffer): Doc {
  const nameEnd = bytes.indexOf(0, header + 4);
  const database = bytes.toString('utf8', header + 4, nameEnd).replace(/[.][$]cmd$/, '');
  const at = nameEnd + 1 + 8;
  const query = decodeDoc(bytes.subarray(at, at + bytes.readInt32LE(at)));
  const inner = query['$query'];
  return { ...(isDoc(inner) ? inner : query), $db: database };
}

export function encodeReply({ requestId, kind }: Message, replyId: number, reply: Doc): Buffer {
  const body = serialize(reply);
  const lead = kind === 'msg' ? Buffer.alloc(5) : replyLead();
  const head = Buffer.alloc(header);
  head.writeInt32LE(header + lead.length + body.length, 0);
  head.writeInt32LE(replyId, 4);
  head.writeInt32LE(requestId, 8);
  head.writeInt32LE(kind === 'msg' ? opMsg : opReply, 12);
  return Buffer.concat([head, lead, body]);
}

/** Flags, cursor id and offset of zero, and one document. */
function replyLead(): Buffer {
  const lead = Buffer.alloc(20);
  lead.writeInt32LE(1, 16);
  return lead;
}
