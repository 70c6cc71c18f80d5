import { parseText } from '../../shell/parse';
import type { ShellCommand } from '../../shell/script';
import { baseName, isWithin } from '../../text/paths';
import { absolutePath, workdirAt } from '../copiedFiles';
import { readInImage, readPackageJson } from '../packageJson';
import type { Site } from '../site';
import { commandLine, quoted, startInstructions } from './startInstructions';

/** What runs when a container with a Node.js program starts, without the commands that only start others. */
export interface PackageStart {
  /** `node dist/server.js`, `next start` … in the order in which they run. */
  readonly commands: readonly ShellCommand[];
  /** npm, yarn, pnpm: the package managers that are called on the way. */
  readonly managers: ReadonlySet<string>;
  /** The texts that were followed: CMD, ENTRYPOINT, scripts in package.json and in the image. */
  readonly texts: readonly string[];
  /** Commands are not those that CMD names, but what these would start after another build: CMD has to follow. */
  readonly isReplaced: boolean;
}

/** No project chains more scripts. */
const MAX_COMMANDS = 60;
const MANAGER = /^(?:npm|yarn|pnpm)$/;
const BUN_COMMANDS =
  /^(?:install|i|add|remove|update|link|unlink|outdated|publish|patch|pm|test|build|init|create|upgrade|repl|exec)$/;
/** Starts what `nuxt build` has written, with the variables of `.env`: https://nuxt.com/docs/api/commands/preview (2026-11). */
const NUXT_PREVIEW = /^(?:nuxt|nuxi) (?:preview|start)$/;
/** These start the command that follows and forward signals to it. */
const INIT = /^(?:tini|dumb-init|docker-entrypoint\.sh|catatonit|gosu|su-exec)$/;
/** These wait for a service and start the command after `--`. */
const WAITERS = /^(?:wait-for-it(?:\.sh)?|wait-for(?:\.sh)?|dockerize|wait4ports|wait-port|wait-on)$/;
/** These set variables for the command that follows. */
const SETTERS = /^(?:cross-env|cross-env-shell|env-cmd|dotenv|dotenvx|infisical|doppler)$/;

/**
 * Follows ENTRYPOINT and CMD; undefined where it is unknown what runs. `isBuilt`: commands that would build again are
 * replaced by the program that they start.
 */
export function packageStart(
  site: Site,
  scripts: Readonly<Record<string, string>>,
  isBuilt = false,
): PackageStart | undefined {
  const { stage } = site;
  const nodes = startInstructions(stage);
  const last = stage.instructions.at(-1);
  if (nodes.length === 0 || !last) return undefined;
  const following = new Following(site, scripts, workdirAt(last), isBuilt);
  const isFollowed = following.follow(nodes.map(commandLine).join(' '));
  return isFollowed && following.commands.length > 0 ? following : undefined;
}

/** What Compose starts instead of CMD, and hosting platforms before it, as far as it can be followed. */
export function otherStarts(site: Site, scripts: Readonly<Record<string, string>>): PackageStart[] {
  const last = site.stage.instructions.at(-1) ?? site.stage.from;
  const texts = [...site.services.flatMap(({ starts }) => starts), ...releaseCommands(site)];
  return texts.map((text) => {
    const following = new Following(site, scripts, workdirAt(last));
    following.follow(text);
    return following;
  });
}

/**
 * `release_command` of Fly.io, `preDeployCommand` of Render and Railway, the release line of a Procfile: these run in
 * the image.
 */
function releaseCommands({ project }: Site): string[] {
  return ['fly.toml', 'render.yaml', 'railway.toml', 'railway.json', 'Procfile', 'heroku.yml'].flatMap((name) => {
    const text = project.read(name) ?? '';
    const lines = text.matchAll(
      /^[ \t]*["']?(?:release_command|preDeployCommand|startCommand|release)["']?[ \t]*[:=][ \t]*(\S.{0,500}?),?[ \t\r]{0,20}$/gm,
    );
    return [...lines].map(([, command = '']) => command.replace(/^(["'])(.*)\1$/, '$2'));
  });
}

class Following implements PackageStart {
  readonly commands: ShellCommand[] = [];
  readonly managers = new Set<string>();
  readonly texts: string[] = [];
  isReplaced = false;
  #count = 0;
  readonly #files = new Set<string>();

  constructor(
    private readonly site: Site,
    private scripts: Readonly<Record<string, string>>,
    private workdir: string,
    private readonly isBuilt = false,
  ) {}

  /** Returns false where it is unknown what a text starts. */
  follow(written: string): boolean {
    const text = this.isBuilt ? this.built(written) : written;
    this.isReplaced ||= text !== written;
    this.texts.push(text);
    const { commands, errors } = parseText(text);
    const { scripts, workdir } = this;
    const isFollowed =
      errors.length === 0 &&
      commands.every((command) => {
        this.enter(command);
        return this.one(command);
      });
    this.scripts = scripts;
    this.workdir = workdir;
    return isFollowed;
  }

  /** What a command starts that does no more than start what the image has built. */
  private built(text: string): string {
    const production = this.scripts['start:prod'] ?? '';
    if (text === 'nest start' && /^node [\w./-]+$/.test(production) && this.hasBuiltNest()) return production;
    return NUXT_PREVIEW.test(text) && this.isNitro() ? 'node .output/server/index.mjs' : text;
  }

  /** Nuxt 3 and later, without variables in a file. */
  private isNitro(): boolean {
    const version = /\d+/.exec(readPackageJson(this.site, this.workdir)?.versionOf('nuxt') ?? '')?.[0] ?? 0;
    return Number(version) >= 3 && !this.site.copied.files.has(absolutePath('.env', this.workdir));
  }

  /** `nest start` builds again what `nest build` has built, unless the sources are mounted. */
  private hasBuiltNest(): boolean {
    const { stage, services } = this.site;
    const builds = Object.keys(this.scripts).filter((name) => /\bnest build\b/.test(this.scripts[name] ?? ''));
    const isMounted = services.some(({ mounts }) => mounts.some(({ target }) => isWithin(this.workdir, target)));
    return (
      !isMounted &&
      stage.instructions.some(
        ({ keyword, script }) =>
          keyword === 'RUN' &&
          script?.commands.some(
            ({ name, words }) =>
              /^(?:npm|yarn|pnpm|bun|npx|nest)$/.test(name) &&
              words.slice(1).some(({ value }) => builds.includes(value) || (value === 'build' && name === 'nest')),
          ),
      )
    );
  }

  /** `cd server && npm start` refers to the package in that folder. */
  private enter({ name, words }: ShellCommand): void {
    const [, word, more] = words;
    if (name !== 'cd' || !word?.isStatic || more) return;
    const folder = absolutePath(word.value, this.workdir);
    const json = folder === this.workdir ? undefined : readPackageJson(this.site, folder);
    if (!json) return;
    this.workdir = folder;
    this.scripts = json.scripts;
    this.managers.add(`${folder}/package.json`);
  }

  private one(command: ShellCommand): boolean {
    if (++this.#count > MAX_COMMANDS) return false;
    const words = command.words.map(({ value }) => value);
    const [first = '', ...rest] = words;
    const { name } = command;
    // `exec "$@"` runs CMD, which is followed separately.
    if (name === '') return /^"?\$(?:@|\{@\}|\*|\{\*\})/.test(command.words[0]?.text ?? '') || words.length === 0;
    if (INIT.test(name)) return this.rest(rest.slice(rest.findIndex((word) => !word.startsWith('-'))));
    if (SETTERS.test(name)) {
      this.commands.push(command);
      const at = rest.indexOf('--');
      return this.rest(at >= 0 ? rest.slice(at + 1) : afterSettings(rest));
    }
    if (WAITERS.test(baseName(name))) {
      if (!/wait-for/.test(name)) this.commands.push(command);
      const at = rest.indexOf('--');
      // Without `--`, the others run nothing.
      return at < 0 ? name !== 'dockerize' : this.rest(rest.slice(at + 1));
    }
    if (name === 'nodemon') return this.nodemon(command, rest);
    if (name === '.' || name === 'source') return this.script(rest[0] ?? '');
    if (MANAGER.test(name)) return this.manager(name, rest);
    if (name === 'bun') return this.bun(command, rest);
    if (name === 'npx' || name === 'bunx')
      return this.program(rest.slice(rest.findIndex((word) => !word.startsWith('-'))), rest);
    if (/^(?:run-s|run-p|npm-run-all\d?|concurrently)$/.test(name)) {
      this.commands.push(command);
      return rest.filter((word) => !word.startsWith('-')).every((word) => this.named(word, name === 'concurrently'));
    }
    if (/^(?:ba|da|a)?sh$/.test(name)) {
      const at = rest.findIndex((word) => !word.startsWith('-'));
      const isText = rest.slice(0, at + 1).some((word) => /^-[a-z]*c$/.test(word));
      if (isText) return this.follow(rest[at] ?? '') && this.rest(rest.slice(at + 1));
      return this.script(rest[at] ?? '') && this.rest(rest.slice(at + 1));
    }
    if (/[./]/.test(first) && /\.sh$|^[./]/.test(first) && !/\/node_modules\/|\.[cm]?js$/.test(first)) {
      const isScript = this.script(first);
      if (isScript) return this.rest(rest);
      if (/\.sh$/.test(first)) return false;
    }
    this.commands.push(command);
    return true;
  }

  /** The arguments that an entrypoint gets from CMD, or that follow a shell's script. */
  private rest(words: readonly string[]): boolean {
    return words.length === 0 || words[0] === '' || this.follow(words.map(quoted).join(' '));
  }

  private manager(name: string, rest: readonly string[]): boolean {
    this.managers.add(name);
    const words = rest.filter((word) => word !== '--silent' && word !== '-s' && word !== '--quiet');
    const other = otherPackage(name, words);
    if (other) return this.elsewhere(name, other);
    const [verb = '', ...more] = words;
    if (verb.startsWith('-')) return false;
    if (/^(?:exec|dlx|x)$/.test(verb)) return this.program(more.slice(more[0] === '--' ? 1 : 0), more);
    const isRun = /^(?:run|run-script|rum|urn)$/.test(verb);
    const script = isRun ? more.find((word) => !word.startsWith('-')) : verb;
    if (script === undefined || script === '') return false;
    if (Object.hasOwn(this.scripts, script))
      return this.named(script, false, passedOn(name, words.slice(words.indexOf(script) + 1)));
    if (script === 'start' && name === 'npm')
      return this.site.copied.files.has(absolutePath('server.js', this.workdir)) && this.follow('node server.js');
    return name !== 'npm' && !isRun ? this.program(words, rest) : false;
  }

  /**
   * A script in package.json, a program of a package, a source file, or one of bun's own commands:
   * https://bun.sh/docs/cli/run (2026-11).
   */
  private bun(command: ShellCommand, rest: readonly string[]): boolean {
    const isValued = (word: string | undefined) => /^(?:--env-file|--config|-c|--preload|-r|--port)$/.test(word ?? '');
    if (rest.some((word) => /^--(?:cwd|filter)\b/.test(word))) return false;
    const words = rest.filter((word, index) => !word.startsWith('-') && !isValued(rest[index - 1]));
    const [verb = '', next = ''] = words;
    if (verb === 'x') return this.program(rest.slice(rest.indexOf('x') + 1), rest);
    const isRun = verb === 'run';
    const target = isRun ? next : verb;
    const isOwn = !isRun && BUN_COMMANDS.test(verb);
    if (target === '') return false;
    if (!isOwn && Object.hasOwn(this.scripts, target))
      return this.named(target, false, passedOn('bun', rest.slice(rest.indexOf(target) + 1)));
    if (isOwn || /[./]/.test(target)) {
      this.commands.push(command);
      return true;
    }
    return this.program(rest.slice(rest.indexOf(target)), rest);
  }

  /**
   * The command that nodemon restarts on each change, from its options or settings: https://github.com/remy/nodemon
   * (2026-11).
   */
  private nodemon(command: ShellCommand, rest: readonly string[]): boolean {
    this.commands.push(command);
    const at = rest.findIndex((word) => /^(?:--exec|-x)(?:=|$)/.test(word));
    const [, value] = /^--exec=(.*)$/s.exec(rest[at] ?? '') ?? [];
    if (at >= 0)
      return this.follow([value ?? rest[at + 1] ?? '', ...rest.slice(value === undefined ? at + 2 : at + 1)].join(' '));
    const settings = ['nodemon.json', 'package.json'].map(
      (file) => readInImage(this.site, absolutePath(file, this.workdir)) ?? '',
    );
    const exec = settings.flatMap((text) => /"exec"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? [])[0];
    if (exec !== undefined) return this.follow(exec.replace(/\\(.)/g, '$1'));
    return !rest.some((word) => /\.[cm]?tsx?$/.test(word)) || this.follow('ts-node');
  }

  /** A script of another package in the project, given by its name or folder. */
  private elsewhere(manager: string, { name, words }: OtherPackage): boolean {
    const own = this.scripts;
    const found = [...this.site.copied.files.keys()]
      .filter((path) => path.endsWith('/package.json') && !path.includes('/node_modules/'))
      .map((path) => ({ path, json: readPackageJson(this.site, path.slice(0, -'/package.json'.length)) }))
      .find(({ path, json }) => json?.name === name || path === `${absolutePath(name, this.workdir)}/package.json`);
    if (!found?.json) return false;
    // The program runs in the folder of its package, so npm must start it.
    this.managers.add(found.path);
    this.scripts = found.json.scripts;
    const isFollowed = this.manager(manager, words);
    this.scripts = own;
    return isFollowed;
  }

  /** A program of a package, by name. */
  private program(words: readonly string[], all: readonly string[]): boolean {
    return words.length > 0 && all.length > 0 && this.follow(words.map(quoted).join(' '));
  }

  /** A script in package.json with arguments, and the scripts that npm runs before and after it. */
  private named(script: string, isCommand: boolean, more: readonly string[] = []): boolean {
    const name = script.replace(/^npm:/, '');
    const names = name.includes('*')
      ? Object.keys(this.scripts).filter((other) => other.startsWith(name.slice(0, name.indexOf('*'))))
      : [name];
    if (isCommand && !script.startsWith('npm:')) return this.follow(script);
    return (
      names.length > 0 &&
      names.every(
        (one) =>
          Object.hasOwn(this.scripts, one) &&
          [`pre${one}`, one, `post${one}`].every((part) => {
            const text = Object.hasOwn(this.scripts, part) ? this.scripts[part] : undefined;
            if (text === undefined || text === '') return true;
            return this.follow(part === one ? [text, ...more.map(quoted)].join(' ') : text);
          }),
      )
    );
  }

  /** A copied shell script. */
  private script(written: string): boolean {
    const path = absolutePath(written, this.workdir);
    const byName = [...this.site.copied.files].find(
      ([target]) => !written.includes('/') && target.endsWith(`/bin/${written}`),
    );
    const source = this.site.copied.files.get(path) ?? byName?.[1];
    const text = source === undefined ? undefined : this.site.context.read(source);
    if (
      source === undefined ||
      text === undefined ||
      !/^#!.*sh\b|^\s*(?:#|[\w.])/.test(text) ||
      /^#!.*\b(?:node|python)/.test(text)
    )
      return false;
    if (this.#files.has(source)) return true;
    this.#files.add(source);
    return this.follow(text);
  }
}

/**
 * The arguments that a package manager gives to a script; npm takes options before `--` for its own:
 * https://docs.npmjs.com/cli/v10/commands/npm-run-script (2026-12).
 */
function passedOn(manager: string, words: readonly string[]): string[] {
  const at = words.indexOf('--');
  const before = at < 0 ? words : words.slice(0, at);
  const own = manager === 'npm' ? before.filter((word) => !word.startsWith('-')) : before;
  return at < 0 ? [...own] : [...own, ...words.slice(at + 1)];
}

interface OtherPackage {
  readonly name: string;
  /** The call without the package option. */
  readonly words: readonly string[];
}

/** `npm start -w api`, `pnpm --filter api start`, `yarn workspace api start`: a call to another package. */
function otherPackage(manager: string, words: readonly string[]): OtherPackage | undefined {
  if (manager === 'yarn' && words[0] === 'workspace' && words[1] !== undefined)
    return { name: words[1], words: words.slice(2) };
  const at = words.findIndex((word) => /^(?:-w|--workspace|--filter|-F|--prefix|-C|--dir|--cwd)(?:=|$)/.test(word));
  const [, value] = /^[\w-]+=(.*)$/.exec(words[at] ?? '') ?? [];
  const name = value ?? words[at + 1];
  if (at < 0 || name === undefined) return undefined;
  return { name, words: words.filter((_, index) => index !== at && (value !== undefined || index !== at + 1)) };
}

/** The words after `A=1 B=2`. */
function afterSettings(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word, index) => !/^[A-Za-z_]\w*=|^-/.test(word) && !words[index - 1]?.startsWith('-'));
  return at < 0 ? [] : words.slice(at);
}
