/** Loaded before the server in a soak test: on a message, collects garbage and reports the remaining memory. */
process.on('message', () => {
  for (let count = 0; count < 4; count++) globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  process.send({ heap: heapUsed, rss });
});
// The server exits when its client says so, not when this channel closes.
process.channel.unref();
