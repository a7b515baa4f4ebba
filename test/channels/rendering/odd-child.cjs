const kept = [];

const works = {
  echo: (task) => task,
  spin: () => {
    for (;;);
  },
  grow: () => {
    for (;;) kept.push(new Array(10_000).fill({}));
  },
  swell: () => {
    for (;;) kept.push(new Array(2 ** 27).fill(0));
  },
  fail: () => {
    throw new Error('thrown past every answer');
  },
};

process.on('message', (task) => {
  process.send(works[task.work](task));
});
process.send('ready');
