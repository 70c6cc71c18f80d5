import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';

const READ_BYTES = 64 * 1024;

export interface PipeParts extends AsyncIterable<Uint8Array> {
  /** True once all data has arrived. */
  readonly isWhole: boolean;
  destroy(): void;
}

/**
 * Reads a pipe into one buffer that is reused for each part. Thousands of buffers would take as long as the reading
 * itself.
 */
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
        // Pauses until the next part is requested.
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
