import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  type Baseline,
  commonFindings,
  countKnown,
  type KnownFindings,
  knownFrom,
  parseBaseline,
  withoutKnown,
  writeBaseline,
} from '../engine/baseline';
import type { LintResult } from '../engine/engine';
import type { Localize } from '../l10n/localize';
import { pathFrom } from '../project/relativePath';
import { Failure, reasonOf } from './failure';
import type { Session } from './session';
import { writeAtomically } from './writeFile';

/** The baselines of one run: usually one, but each configuration can name its own. */
export interface Baselines {
  /** Undefined when the file has none, like standard input. @throws Failure when it cannot be read */
  of(path: string): BaselineRun | undefined;
  /** Call it after the last file: writes the baselines, or reports how much of them is gone. */
  end(): Promise<void>;
}

export interface BaselineRun {
  /** The findings of a file that the baseline does not list; of each Dockerfile in it. */
  newIn<One extends LintResult>(path: string, results: readonly One[]): readonly One[];
  end(): Promise<void>;
}

export function createBaselines(session: Session): Baselines {
  const runs = new Map<string, BaselineRun>();
  return {
    of(path) {
      if (path === '-') return undefined;
      const baselinePath = session.baselinePath(path);
      if (baselinePath === undefined) {
        if (session.options.baselineChange === undefined) return undefined;
        throw new Failure(
          session.engine.localize('No baseline set: use --baseline, or `baseline` in the configuration'),
        );
      }
      let run = runs.get(baselinePath);
      if (!run) {
        run = createRun(session, baselinePath);
        runs.set(baselinePath, run);
      }
      return run;
    },
    async end() {
      for (const run of runs.values()) await run.end();
    },
  };
}

function createRun(session: Session, baselinePath: string): BaselineRun {
  const { localize } = session.engine;
  const { baselineChange } = session.options;
  const folder = dirname(resolve(baselinePath));
  const old = read(session, baselinePath);
  /** The current findings of the files checked in this run. */
  const present = new Map<string, KnownFindings>();
  const keyOf = (path: string) => pathFrom(resolve(baselinePath), resolve(path));
  /** Files that this run did not check keep their entries, unless they no longer exist. */
  const pruned = (): Baseline =>
    new Map(
      [...old].flatMap(([key, known]) => {
        const now = present.get(key);
        if (now) return [[key, commonFindings(known, now)] as const];
        return existsSync(resolve(folder, key)) ? [[key, known] as const] : [];
      }),
    );
  const tell = (english: string, next: Baseline) => {
    const data = { path: baselinePath, count: total(next) };
    session.err(`${localize(english, data)}\n`);
  };
  return {
    newIn(path, results) {
      const key = keyOf(path);
      present.set(key, knownFrom(results));
      return baselineChange === 'update'
        ? results.map((result) => ({ ...result, findings: [] }))
        : withoutKnown(results, old.get(key));
    },
    async end() {
      const kept = pruned();
      const next = baselineChange === 'update' ? new Map([...kept, ...present]) : kept;
      if (baselineChange !== undefined) {
        await write(baselinePath, next, localize);
        tell('{path}: written; known findings: {count}', next);
        return;
      }
      const gone = total(old) - total(kept);
      if (gone === 0) return;
      const data = { path: baselinePath, count: gone };
      session.err(
        `${localize('{path}: known findings that are gone: {count}; remove them with --prune-baseline', data)}\n`,
      );
    },
  };
}

function total(baseline: Baseline): number {
  return [...baseline.values()].reduce((sum, known) => sum + countKnown(known), 0);
}

function read({ host, options, engine: { localize } }: Session, path: string): Baseline {
  if (!existsSync(path)) {
    if (options.baselineChange === 'update') return new Map();
    throw new Failure(localize('{path}: no such file; create it with --update-baseline', { path }));
  }
  const text = host.readText(path);
  if (text === undefined) throw new Failure(localize('{path}: cannot be read', { path }));
  const parsed = parseBaseline(text, path, localize);
  if (!parsed.ok) throw new Failure(parsed.reason);
  return parsed.baseline;
}

async function write(path: string, baseline: Baseline, localize: Localize): Promise<void> {
  try {
    await writeAtomically(path, writeBaseline(baseline));
  } catch (error) {
    throw new Failure(localize('{path}: not written: {reason}', { path, reason: reasonOf(error, localize) }));
  }
}
