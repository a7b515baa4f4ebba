const { createServer } = require('node:net');
const { BroadcastChannel, isMainThread, threadId } = require('node:worker_threads');

// Required before a process begins, which needs `--expose-gc`. Workflows live in a thread, which
// has a heap of its own. So the first thread asks the others and tells the sum.

const channel = new BroadcastChannel('heap');
const threads = new Set();
const heaps = new Map();
let tell = () => undefined;

if (isMainThread) {
  channel.onmessage = ({ data: { thread, heap } }) => {
    threads.add(thread);
    if (heap !== undefined) heaps.set(thread, heap);
    tell();
  };
  // An abstract socket leaves no file. Only Linux has them; elsewhere nothing listens.
  createServer(measure)
    .once('error', () => undefined)
    .listen(`\0itinera-heap-${process.pid}`)
    .unref();
} else {
  channel.onmessage = () => channel.postMessage({ thread: threadId, heap: ownHeap() });
  channel.postMessage({ thread: threadId });
}
channel.unref();

function measure(socket) {
  heaps.clear();
  const own = ownHeap();
  tell = () => {
    if (heaps.size < threads.size) return;
    tell = () => undefined;
    socket.end(String([...heaps.values()].reduce((sum, heap) => sum + heap, own)));
  };
  channel.postMessage('measure');
  tell();
}

/** Twice, so that what the first collection has finalized is gone too. */
function ownHeap() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
