import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';

/** Starts a program that is connected through its standard input and output; destroying the stream ends it. */
export function openProgram(program: string, args: readonly string[]): Duplex {
  const child = spawn(program, [...args], { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
  const connection = Duplex.from({ readable: child.stdout, writable: child.stdin });
  child.on('error', (error) => connection.destroy(error));
  connection.on('close', () => child.kill());
  return connection;
}
