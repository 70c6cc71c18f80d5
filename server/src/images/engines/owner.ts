import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/**
 * Of this machine: an engine may serve several, and process ids mean something on one of them only. Windows and its
 * Linux subsystem have the same name.
 */
const MACHINE = createHash('sha256').update(`${hostname()} ${process.platform}`).digest('hex').slice(0, 8);
const OWNED = /^(?:localhost\/)?dockerfile-optimizer-([0-9a-f]{8})-(\d+)-/;

/** A name for a container or image that tells which process owns it. */
export function ownedName(): string {
  return `dockerfile-optimizer-${MACHINE}-${process.pid}-${randomUUID().slice(0, 8)}`;
}

/** Whether its owner was a process of this machine that no longer runs. */
export function isLeft(name: string): boolean {
  const [, machine, pid] = OWNED.exec(name) ?? [];
  return machine === MACHINE && pid !== undefined && !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
