import type { Server, Socket } from 'node:net';
import type { Doc } from './storage/document';
import { createSplitter, decodeMessage, encodeReply } from './wire';

export type Connections = Readonly<{ close: () => Promise<void> }>;

/** Answers every command that reaches the server; a connection that sends anything else is cut. */
export function serve(server: Server, answer: (body: Doc) => Doc): Connections {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    // A client that goes away is no fault of the store; 'close' follows.
    socket.on('error', () => undefined);
    converse(socket, answer);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      for (const socket of sockets) socket.destroy();
    });
  return { close };
}

function converse(socket: Socket, answer: (body: Doc) => Doc): void {
  const messagesIn = createSplitter();
  let replies = 0;
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const bytes of messagesIn(chunk)) {
        const message = decodeMessage(bytes);
        const reply = answer(message.body);
        replies += 1;
        if (message.wantsReply) socket.write(encodeReply(message, replies, reply));
      }
    } catch (error) {
      socket.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
