import { setTimeout as wait } from 'node:timers/promises';
import type { Aspect } from '../engine/verifySettings';
import type { ContainerEngine } from '../images/engines/engine';
import { FULL_DISK } from '../images/engines/explain';
import { Stopped } from '../images/engines/stopped';
import type { Outcome } from '../reports/outcome';
import type { Difference, ImageFacts, Observation, Verification, VerifiedStep } from '../reports/verification';
import type { Change, VerifyRequest } from '../reports/verifyRequest';
import { now } from '../system/clock';
import { common, differences } from './compare';
import { createServiceStarter } from './composeService';
import type { ContextCopy } from './contextCopy';
import { type BuiltImage, ImageBuilds } from './imageBuilds';
import { logCauses } from './logCauses';
import { observe, type ProbeRequest } from './observe';
import { createCommandRunner } from './runCommand';
import { runOptions } from './runOptions';
import { sameThings } from './sameThings';
import { conceal, secretsOf } from './secrets';
import { isUntouched } from './untouched';
import { whyUnproven } from './whyUnproven';

/** What is known of the image of one text. */
interface Tried {
  /** Undefined: it does not build. */
  readonly built: BuiltImage | undefined;
  /** Undefined: it was not run. */
  readonly seen: Observation | undefined;
  readonly differences: readonly Difference[];
}

/** Builds an image with and without changes, and compares what it does. */
export class Trial {
  /** Why behavior cannot be proven; undefined: it can. */
  unproven: string | undefined;
  readonly #builds: ImageBuilds;
  #original: BuiltImage | undefined;
  #before: ImageFacts | undefined;
  /** What the original did the first time. */
  #first: Observation | undefined;
  /** What the original does each time; undefined: it cannot be run. */
  #earlier: Observation | undefined;
  readonly #secrets: readonly string[];
  /** An image with a shell. */
  #helper: string | undefined;
  /** By the text and the files of a build. */
  readonly #tried = new Map<string, Tried>();

  constructor(
    private readonly engine: ContainerEngine,
    private readonly context: ContextCopy,
    private readonly request: VerifyRequest,
    private readonly signal: AbortSignal,
  ) {
    this.#builds = new ImageBuilds(engine, context, request, signal);
    this.#secrets = secretsOf(request);
  }

  /** Builds and runs the original. A problem: it does not build. */
  async start(): Promise<Outcome<undefined>> {
    const { localize, onProgress, text } = this.request;
    onProgress(localize('Building the original image'));
    const built = await this.#builds.build(text, []);
    if (!('tag' in built)) {
      const [, one, secret = one] = NO_SECRET.exec(`${built.reason}\n${built.output ?? ''}`) ?? [];
      const reason =
        secret === undefined
          ? localize('The original image does not build: {reason}', { reason: built.reason })
          : localize('The build needs the secret {id}: add `--secret=id={id},src=FILE` to its options', { id: secret });
      return { ...built, reason };
    }
    this.#original = built;
    const obstacle = this.#whyNotRun(built);
    if (obstacle !== undefined) this.unproven = obstacle;
    else {
      onProgress(localize('Running the original image twice'));
      this.#helper = await this.#findHelper(built);
      await this.#observeOriginal(built);
    }
    return { ok: true, value: undefined };
  }

  #whyNotRun({ info }: BuiltImage): string | undefined {
    const { localize } = this.request;
    if (!info)
      return localize('{engine} can only build images. Docker, podman and nerdctl also run them', {
        engine: this.engine.kind,
      });
    const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
    return info.platform === `linux/${architecture}`
      ? undefined
      : localize('The image is for {platform}, and this machine is not', { platform: info.platform });
  }

  /** What two runs do alike: what differs by itself is not compared. */
  async #observeOriginal(built: BuiltImage): Promise<void> {
    const { localize, settings } = this.request;
    const run = (onReady?: () => void) => this.#observe(built, { onReady });
    // Two at a time would write into the same folders.
    const [one, other] = settings.volumes.length > 0 ? [await run(), await run()] : await bothOf(run, built);
    if (!one.ok || !other.ok) {
      const reason = conceal(one.ok ? (other as { reason: string }).reason : one.reason, this.#secrets);
      this.unproven = localize('The original image does not start: {reason}', { reason });
      return;
    }
    if (one.value.exitCode !== other.value.exitCode) {
      this.unproven = localize('The original image does not end the same way each time. Configure verify.command');
      return;
    }
    this.#first = one.value;
    this.#earlier = common(one.value, other.value);
    this.unproven = whyUnproven(
      this.#earlier,
      { exposed: built.info?.exposed ?? [], hasCalls: settings.calls.length > 0 },
      localize,
    );
  }

  /**
   * What differs between two builds of the original is not compared: names of files, or the number of a build. Done only
   * when something of that kind was found to be different.
   */
  async #observeRebuilt(earlier: Observation): Promise<void> {
    if (this.#before) return;
    const rebuilt = await this.#rebuild(this.request.text, []);
    if (this.#original) this.#before = factsOf(this.#original, this.#first, rebuilt?.buildMs);
    // Later than at first, because it may say for how long it has been running.
    const seen = rebuilt && (await this.#observe(rebuilt, { isPatient: true }));
    if (seen?.ok && seen.value.exitCode === earlier.exitCode) this.#earlier = common(earlier, seen.value);
  }

  /** Builds with a changed source file; undefined: there is none, or it does not build. */
  async #rebuild(...build: Parameters<ImageBuilds['build']>): Promise<BuiltImage | undefined> {
    if (!(await this.context.changeSource())) return undefined;
    const built = await this.#builds.build(...build);
    await this.context.restoreSource();
    return 'tag' in built ? built : undefined;
  }

  /** The original image, or a stage before it, if there is a shell in it. */
  async #findHelper(built: BuiltImage): Promise<string | undefined> {
    if (await this.#hasShell(built.tag)) return built.tag;
    const first = await this.#builds.build(this.request.text, [], '0');
    return 'tag' in first && (await this.#hasShell(first.tag)) ? first.tag : undefined;
  }

  async #hasShell(image: string): Promise<boolean> {
    const result = await this.engine.run?.({
      image,
      args: ['-c', ':'],
      options: ['--network', 'none', '--entrypoint', 'sh'],
      signal: this.signal,
      timeLimitMs: 60_000,
      outputLimitBytes: 1024,
    });
    return result?.ok === true && result.value.code === 0;
  }

  /** What the image with these changes does differently; empty: nothing. */
  async differences(changes: readonly Change[]): Promise<readonly Difference[]> {
    const last = changes.at(-1);
    if (!last) return [];
    const found = (await this.#try(last, changes.length)).differences;
    return changes.some(isOtherProgram) ? found.filter(({ aspect }) => !OF_PROGRAM.includes(aspect)) : found;
  }

  async #try({ text, files }: Change, count: number): Promise<Tried> {
    const key = JSON.stringify([text, files]);
    const known = this.#tried.get(key);
    if (known) return known;
    const { localize, onProgress } = this.request;
    onProgress(localize('Building and running the image with {count} of the changes', { count }));
    const built = await this.#builds.build(text, files);
    const tried =
      'tag' in built
        ? { built, ...(await this.#compare(built)) }
        : { built: undefined, seen: undefined, differences: [caused('build', built.reason, built.output)] };
    this.#tried.set(key, tried);
    return tried;
  }

  /**
   * Looks twice before it says that something is different, the second time with more patience: a busy machine may have
   * been the reason.
   */
  async #compare(built: BuiltImage): Promise<Omit<Tried, 'built'>> {
    const first = await this.#seen(built, false);
    const seen = first?.ok ? first.value : undefined;
    if (this.#differencesIn(first).length === 0) return { seen, differences: [] };
    const second = await this.#seen(built, true);
    const inBoth = () => {
      const again = new Set(this.#differencesIn(second).map(({ aspect }) => aspect));
      return this.#differencesIn(first).filter(({ aspect }) => again.has(aspect));
    };
    const found = inBoth();
    if (this.#earlier && found.some(({ aspect }) => OF_CONTENT.includes(aspect)))
      await this.#observeRebuilt(this.#earlier);
    return { seen, differences: inBoth() };
  }

  async #seen(built: BuiltImage, isPatient: boolean): Promise<Outcome<Observation> | undefined> {
    return this.#earlier && this.#observe(built, { isPatient });
  }

  #differencesIn(seen: Outcome<Observation> | undefined): readonly Difference[] {
    const { localize, settings } = this.request;
    if (!this.#earlier || !seen) return [];
    if (!seen.ok) {
      const reason = conceal(seen.reason, this.#secrets);
      return [caused('end', localize('It does not start: {reason}', { reason }), reason)];
    }
    return differences(this.#earlier, seen.value, localize).filter(({ aspect }) => !settings.ignore.includes(aspect));
  }

  async #observe(
    { tag, info }: BuiltImage,
    { isPatient = false, onReady }: Partial<Pick<ProbeRequest, 'isPatient' | 'onReady'>> = {},
  ): Promise<Outcome<Observation>> {
    const { runtime } = this.engine;
    const { settings } = this.request;
    if (!runtime || !info) throw new Error('an engine that cannot run images');
    this.signal.throwIfAborted();
    const seen = await observe({
      runtime,
      image: tag,
      info,
      settings,
      runOptions: runOptions(this.request),
      helper: this.#helper,
      earlier: this.#earlier,
      isPatient,
      onReady,
      hasEntrypoint: /^[ \t]{0,100}ENTRYPOINT\b/im.test(this.request.text),
      secrets: this.#secrets,
      startService: createServiceStarter(this.engine, this.request, this.signal),
      runCommand: createCommandRunner(this.request, this.signal),
      signal: this.signal,
    });
    if (!seen.ok && (seen.isCancelled || seen.isEngineFault)) throw new Stopped(seen);
    if (seen.ok && this.#earlier && lacksSpace(seen.value) && !lacksSpace(this.#earlier)) {
      const reason = this.request.localize('{engine} has no disk space left', { engine: this.engine.kind });
      throw new Stopped({ ok: false, reason });
    }
    return seen;
  }

  /** What is known of a change in a plan that was found to be right. */
  stateOf(previous: Change | undefined, change: Change): VerifiedStep['state'] {
    if (this.unproven !== undefined || !this.#earlier) return 'built';
    const before = previous ?? { text: this.request.text, files: [] };
    return isUntouched(before, change, this.#earlier, this.request) ? 'untouched' : 'proven';
  }

  /** Figures of both images, with the time of a rebuild. */
  async result(changes: readonly Change[]): Promise<Omit<Verification, 'steps'>> {
    const { localize, onProgress, text } = this.request;
    const builds = this.#builds.count;
    const original = this.#original;
    if (!original) throw new Error('the original was not built');
    const last = changes.at(-1);
    const tried = last && (await this.#try(last, changes.length));
    onProgress(localize('Measuring a rebuild after a changed source file'));
    this.#before ??= factsOf(original, this.#first, (await this.#rebuild(text, []))?.buildMs);
    const before = this.#before;
    const after =
      last && tried?.built && factsOf(tried.built, tried.seen, (await this.#rebuild(last.text, last.files))?.buildMs);
    return {
      engine: this.engine.kind,
      verifiedAt: now().toISOString(),
      before,
      ...(after ? { after } : {}),
      same: this.#earlier
        ? sameThings(changes.some(isOtherProgram) ? servedBy(this.#earlier) : this.#earlier, localize)
        : [],
      builds,
    };
  }

  remove(): Promise<void> {
    return this.#builds.remove();
  }
}

/** BuildKit's and Buildah's error for a secret that is required and was not given. */
const NO_SECRET = /\bsecret ([\w.-]{1,100}): not found|no secret with id "?([\w.-]{1,100})/;

/** Aspects that show what a build has written. */
const OF_CONTENT: readonly Aspect[] = ['http', 'output', 'files', 'arguments'];

const isOtherProgram = ({ replacesProgram }: Change): boolean => replacesProgram === true;
/** Aspects in which a program differs from another that does the same. */
const OF_PROGRAM: readonly Aspect[] = ['output', 'files', 'arguments'];

/** What another program does alike. */
function servedBy(seen: Observation): Observation {
  return { ...seen, written: [], calls: [] };
}

/** The disk that all containers share is full: no step is to blame. */
function lacksSpace({ stdout, stderr }: Observation): boolean {
  return [...stdout, ...stderr].some((line) => FULL_DISK.test(line));
}

const ALONE_MS = 5000;

/**
 * Runs a program twice at a time; a server starts alone, which tells how long that takes. If one run fails, the other one
 * is still waited for: it has a container of the image.
 */
async function bothOf<T>(run: (onReady: () => void) => Promise<T>, { info }: BuiltImage): Promise<readonly [T, T]> {
  const isServer = info !== undefined && (info.hasHealthCheck || info.exposed.length > 0);
  let onReady = () => {};
  const ready = new Promise<void>((resolve) => {
    onReady = resolve;
  });
  const first = run(onReady);
  await Promise.race([first.catch(() => {}), ready, wait(isServer ? ALONE_MS : 0, undefined, { ref: false })]);
  const both = [first, run(() => {})] as const;
  await Promise.allSettled(both);
  return Promise.all(both);
}

/** With what the output of the engine says of its cause. */
function caused(aspect: Aspect, text: string, output = ''): Difference {
  const [cause] = logCauses(output);
  return { aspect, text, ...(cause ? { cause } : {}) };
}

function factsOf(
  { info, buildMs }: BuiltImage,
  seen: Observation | undefined,
  rebuildMs: number | undefined,
): ImageFacts {
  return {
    ...(info ? { bytes: info.bytes, layers: info.layers, user: info.user } : {}),
    buildMs,
    ...(rebuildMs === undefined ? {} : { rebuildMs }),
    ...(seen?.readyMs === undefined ? {} : { readyMs: seen.readyMs }),
    ...(seen?.stop === undefined ? {} : { stop: seen.stop }),
  };
}
