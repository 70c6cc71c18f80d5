import { isIgnoreFile } from '../app/ignoreFile';
import type { ContainerEngine } from '../images/engines/engine';
import { ownedName } from '../images/engines/owner';
import type { ImageInfo } from '../images/engines/runtime';
import { Stopped } from '../images/engines/stopped';
import type { Problem } from '../reports/outcome';
import type { ChangedFile, VerifyRequest } from '../reports/verifyRequest';
import type { ContextCopy } from './contextCopy';

export interface BuiltImage {
  readonly tag: string;
  readonly buildMs: number;
  /** Undefined if the engine can only build. */
  readonly info: ImageInfo | undefined;
}

/** A registry that did not answer in time may do so now; one that refuses does it again. */
const NO_NETWORK =
  /timed? ?out|temporary failure|could not resolve|connection reset|unexpected EOF|EAI_AGAIN|ECONNRESET|ETIMEDOUT|too many requests|50[234] (?:Bad Gateway|Service Unavailable|Gateway)/i;

/** Builds images in a copy of the build context, and removes them all at the end. */
export class ImageBuilds {
  readonly #tags: string[] = [];

  constructor(
    private readonly engine: ContainerEngine,
    private readonly context: ContextCopy,
    private readonly request: VerifyRequest,
    private readonly signal: AbortSignal,
  ) {}

  /** How many images were built. */
  get count(): number {
    return this.#tags.length;
  }

  /** @throws Stopped when the build was cancelled, or the engine itself failed */
  async build(
    text: string,
    files: readonly ChangedFile[],
    target = this.request.targetStage,
  ): Promise<BuiltImage | Problem> {
    const { dockerfilePath, buildArgs, buildOptions, onOutput } = this.request;
    const tag = `localhost/${ownedName()}:verified`;
    // The engine gets the ignore file by itself, as with a build in the user's folder.
    await this.context.write(files.filter(({ path }) => !isIgnoreFile(path)));
    const started = performance.now();
    this.#tags.push(tag);
    const build = () =>
      this.engine.build({
        text,
        dockerfilePath,
        tag,
        target,
        buildArgs,
        contextFolder: this.context.folder,
        ignore: files.find(({ path }) => isIgnoreFile(path))?.after,
        options: buildOptions,
        signal: this.signal,
        onOutput,
      });
    const first = await build();
    const built = first.ok || !NO_NETWORK.test(first.output ?? '') ? first : await build();
    const buildMs = Math.round(performance.now() - started);
    if (!built.ok) {
      if (built.isCancelled || built.isEngineFault) throw new Stopped(built);
      return built;
    }
    const info = await this.engine.runtime?.inspect(tag, this.signal);
    if (info && !info.ok) throw new Stopped(info);
    return { tag, buildMs, info: info?.value };
  }

  async remove(): Promise<void> {
    await Promise.all(this.#tags.map((tag) => this.engine.remove(tag)));
  }
}
