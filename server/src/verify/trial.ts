import type { ContainerEngine } from '../images/engines/engine';
import type { Outcome } from '../reports/outcome';
import type { Difference, ImageFacts, Observation, Verification } from '../reports/verification';
import type { Change, VerifyRequest } from '../reports/verifyRequest';
import { now } from '../system/clock';
import { common, differences } from './compare';
import { createServiceStarter } from './composeService';
import type { ContextCopy } from './contextCopy';
import { type BuiltImage, ImageBuilds } from './imageBuilds';
import { logCauses } from './logCauses';
import { observe } from './observe';
import { createCommandRunner } from './runCommand';
import { runOptions } from './runOptions';
import { sameThings } from './sameThings';
import { Stopped } from './stopped';
import { whyUnproven } from './whyUnproven';

/** What is known of the image of one text. */
interface Tried {
  /** Undefined: it does not build. */
  readonly built: BuiltImage | undefined;
  readonly differences: readonly Difference[];
}

/** Builds an image with and without changes, and compares what it does. */
export class Trial {
  /** Why behavior cannot be proven; undefined: it can. */
  unproven: string | undefined;
  readonly #builds: ImageBuilds;
  #original: BuiltImage | undefined;
  #before: ImageFacts | undefined;
  /** What the original does each time; undefined: it cannot be run. */
  #earlier: Observation | undefined;
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
  }

  /** Builds and runs the original. A problem: it does not build. */
  async start(): Promise<Outcome<undefined>> {
    const { localize, onProgress, text } = this.request;
    onProgress(localize('Building the original image'));
    const built = await this.#builds.build(text, []);
    if (!('tag' in built))
      return { ...built, reason: localize('The original image does not build: {reason}', { reason: built.reason }) };
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
    if (!info) return localize('{engine} can only build images', { engine: this.engine.kind });
    const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
    return info.platform === `linux/${architecture}`
      ? undefined
      : localize('The image is for {platform}, and this machine is not', { platform: info.platform });
  }

  /** What two runs do alike: what differs by itself is not compared. */
  async #observeOriginal(built: BuiltImage): Promise<void> {
    const [one, other] = await Promise.all([this.#observe(built), this.#observe(built)]);
    if (!one.ok || !other.ok) {
      const { reason } = one.ok ? (other as { reason: string }) : one;
      this.unproven = this.request.localize('The original image does not start: {reason}', { reason });
      return;
    }
    this.#earlier = common(one.value, other.value);
    this.unproven = whyUnproven(this.#earlier, this.request.localize);
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
      timeLimitMs: 30_000,
      outputLimitBytes: 1024,
    });
    return result?.ok === true && result.value.code === 0;
  }

  /** What the image with these changes does differently; empty: nothing. */
  async differences(changes: readonly Change[]): Promise<readonly Difference[]> {
    return (await this.#try(changes)).differences;
  }

  async #try(changes: readonly Change[]): Promise<Tried> {
    const { text, files } = changes.at(-1) ?? { text: this.request.text, files: [] };
    const key = JSON.stringify([text, files]);
    const known = this.#tried.get(key);
    if (known) return known;
    const { localize, onProgress } = this.request;
    onProgress(localize('Building and running the image with {count} of the changes', { count: changes.length }));
    const built = await this.#builds.build(text, files);
    const tried =
      'tag' in built
        ? { built, differences: await this.#compare(built) }
        : { built: undefined, differences: [notBuilt(built.reason, built.output)] };
    this.#tried.set(key, tried);
    return tried;
  }

  /** Looks twice before it says that something is different: a busy machine may have been the reason. */
  async #compare(built: BuiltImage): Promise<readonly Difference[]> {
    const found = await this.#compareOnce(built);
    if (found.length === 0) return found;
    const again = new Set((await this.#compareOnce(built)).map(({ aspect }) => aspect));
    return found.filter(({ aspect }) => again.has(aspect));
  }

  async #compareOnce(built: BuiltImage): Promise<readonly Difference[]> {
    const { localize, settings } = this.request;
    if (!this.#earlier) return [];
    const seen = await this.#observe(built);
    if (!seen.ok) return [{ aspect: 'end', text: localize('It does not start: {reason}', { reason: seen.reason }) }];
    return differences(this.#earlier, seen.value, localize).filter(({ aspect }) => !settings.ignore.includes(aspect));
  }

  async #observe({ tag, info }: BuiltImage): Promise<Outcome<Observation>> {
    const { runtime } = this.engine;
    const { settings } = this.request;
    if (!runtime || !info) throw new Error('an engine that cannot run images');
    const seen = await observe({
      runtime,
      image: tag,
      info,
      settings,
      runOptions: runOptions(this.request),
      helper: this.#helper,
      earlier: this.#earlier,
      startService: createServiceStarter(this.engine, this.request, this.signal),
      runCommand: createCommandRunner(this.request, this.signal),
      signal: this.signal,
    });
    if (!seen.ok && (seen.isCancelled || seen.isEngineFault)) throw new Stopped(seen);
    return seen;
  }

  /** Figures of both images, with the time of a rebuild. */
  async result(changes: readonly Change[]): Promise<Omit<Verification, 'steps'>> {
    const { localize, onProgress, text } = this.request;
    const builds = this.#builds.count;
    const original = this.#original;
    if (!original) throw new Error('the original was not built');
    const last = changes.at(-1);
    const changed = last && (await this.#try(changes)).built;
    onProgress(localize('Measuring a rebuild after a changed source file'));
    const isChanged = await this.context.changeSource();
    const rebuild = async (...build: Parameters<ImageBuilds['build']>) => {
      const built = isChanged ? await this.#builds.build(...build) : undefined;
      return built && 'tag' in built ? built.buildMs : undefined;
    };
    this.#before ??= factsOf(original, await rebuild(text, []));
    const before = this.#before;
    const after = last && changed && factsOf(changed, await rebuild(last.text, last.files));
    return {
      engine: this.engine.kind,
      verifiedAt: now().toISOString(),
      before,
      ...(after ? { after } : {}),
      same: this.#earlier ? sameThings(this.#earlier, localize) : [],
      builds,
    };
  }

  remove(): Promise<void> {
    return this.#builds.remove();
  }
}

function notBuilt(reason: string, output = ''): Difference {
  const [cause] = logCauses(output);
  return { aspect: 'build', text: reason, ...(cause ? { cause } : {}) };
}

function factsOf({ info, buildMs }: BuiltImage, rebuildMs: number | undefined): ImageFacts {
  return {
    ...(info ? { bytes: info.bytes, layers: info.layers, user: info.user } : {}),
    buildMs,
    ...(rebuildMs === undefined ? {} : { rebuildMs }),
  };
}
