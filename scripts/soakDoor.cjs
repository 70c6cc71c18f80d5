/** Loaded before the server in a soak: collects garbage and tells what is left when asked. */
process.on('message', () => {
  for (let count = 0; count < 4; count++) globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  process.send({ heap: heapUsed, rss });
});
// The server ends when its client says so, not when this channel does.
process.channel.unref();
