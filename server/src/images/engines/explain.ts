import type { Localize } from '../../l10n/localize';
import type { Problem } from '../../reports/outcome';
import type { ProgramEnd } from '../../system/runProgram';
import { anyOf } from '../../text/pattern';

export const FULL_DISK = /no space left on device|disk quota exceeded/i;
/** Does not match a build's errors about a registry that it cannot reach. */
const NO_DAEMON = anyOf(
  /cannot connect to (?:the docker daemon|podman)|is the docker daemon running|error during connect/i,
  /failed to dial grpc|error reading from server|transport is closing|unexpected EOF/i,
  /cannot access containerd socket|containerd not running/i,
);
const OUTPUT_LINES = 20;
/** Docker's last line, which says nothing of the failure above it. */
const HINT = /\n[ \t]{0,9}(?:Run|See) 'docker [^'\n]{1,100}'[^\n]*$/;

/** The reason why an engine failed, in words; `output` is all that it wrote. */
export function explain(localize: Localize, engine: string, end: ProgramEnd, output: string): Problem {
  switch (end.how) {
    case 'cancelled':
      return { ok: false, reason: localize('Cancelled'), isCancelled: true };
    case 'not-started':
      return broken(localize('{engine} cannot be started: {reason}', { engine, reason: end.reason }));
    case 'unread':
      return failed(end.error instanceof Error ? end.error.message : String(end.error));
    case 'too-slow':
      return broken(localize('{engine} timed out and was stopped', { engine }), output);
    case 'too-much-output':
      return failed(localize('{engine} produced too much output and was stopped', { engine }), output);
    case 'killed':
      return broken(localize('{engine} was killed by {signal}', { engine, signal: end.by }), output);
    case 'exited': {
      if (FULL_DISK.test(output)) return broken(localize('{engine} has no disk space left', { engine }), output);
      if (NO_DAEMON.test(lastLines(output, 3)))
        return broken(localize('{engine} does not respond', { engine }), output);
      const line = lastLines(output, 1);
      if (line === '') return failed(localize('{engine} exited with code {code}', { engine, code: end.code }));
      return failed(localize('{engine} failed: {reason}', { engine, reason: line.replace(/^error:\s*/i, '') }), output);
    }
  }
}

/** Not by what it was asked to do. */
function broken(reason: string, output?: string): Problem {
  return { ...failed(reason, output), isEngineFault: true };
}

function failed(reason: string, output = ''): Problem {
  const last = lastLines(output, OUTPUT_LINES);
  return { ok: false, reason, ...(last === '' ? {} : { output: last }) };
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().replace(HINT, '').trimEnd().split(/\r?\n/).slice(-count).join('\n').trim();
}
