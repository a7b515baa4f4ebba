const { parentPort } = require('node:worker_threads');

const kept = [];

const works = {
  echo: (task) => task,
  spin: () => {
    for (;;);
  },
  grow: () => {
    for (;;) kept.push(new Array(10_000).fill({}));
  },
  fail: () => {
    throw new Error('thrown past every answer');
  },
};

parentPort.on('message', (task) => {
  parentPort.postMessage(works[task.work](task));
});
parentPort.postMessage('ready');
