import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';

const READ_BYTES = 64 * 1024;

export interface PipeParts extends AsyncIterable<Uint8Array> {
  /** True when all of it has come. */
  readonly isWhole: boolean;
  destroy(): void;
}

/** What comes out of a pipe, in one buffer: each part is only lent. Thousands of buffers would take as long as all that is read. */
export function readPipe(fd: number, signal?: AbortSignal): PipeParts {
  let take: (part: Uint8Array | undefined) => void = () => {};
  let fail: (error: Error) => void = () => {};
  let isWhole = false;
  const options: SocketConstructorOpts & ConnectOpts = {
    fd,
    ...(signal ? { signal } : {}),
    readable: true,
    writable: false,
    onread: {
      buffer: Buffer.allocUnsafe(READ_BYTES),
      callback: (bytes, buffer) => {
        take(buffer.subarray(0, bytes));
        // Not before the next is asked for.
        return false;
      },
    },
  };
  const socket = new Socket(options);
  socket.pause();
  socket.on('end', () => {
    isWhole = true;
  });
  socket.on('error', (error) => fail(error));
  socket.on('close', () => take(undefined));
  return {
    async *[Symbol.asyncIterator]() {
      while (!socket.destroyed) {
        const part = await new Promise<Uint8Array | undefined>((resolve, reject) => {
          take = resolve;
          fail = reject;
          socket.resume();
        });
        if (!part) return;
        yield part;
      }
    },
    get isWhole() {
      return isWhole;
    },
    destroy: () => socket.destroy(),
  };
}
