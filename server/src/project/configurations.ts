import {
  type Config,
  type ConfigProblem,
  createConfigResolver,
  defaultConfig,
  type EffectiveConfig,
  withRuleChoices,
} from '../engine/config';
import type { Engine } from '../engine/engine';
import { parseConfig } from './parseConfig';
import type { FoundFile, ProjectFiles } from './projectFiles';
import { beside, pathFrom } from './relativePath';

/** Rules with choices made outside configuration files. */
export type RuleChoices = readonly (readonly [name: string, choice: string])[];

export interface Configurations {
  /** The file that applies to a Dockerfile: in its folder, or in the nearest parent folder. */
  find(path: string): FoundFile | undefined;
  /** Its content; the defaults where there is none or where it cannot be read. */
  read(file: FoundFile | undefined): Config;
  /** The settings for the Dockerfile at a path; the choices override everything in the file. */
  configFor(path: string, file: FoundFile | undefined, choices: RuleChoices): EffectiveConfig;
  /** The file of known findings that it names. */
  baselineOf(file: FoundFile | undefined): string | undefined;
  /** Called after a file has changed: all files are looked up again. */
  forget(): void;
}

/** `tell` gets the problems of a file each time its text changes. */
export function createConfigurations(
  files: Pick<ProjectFiles, 'configurationIn' | 'parentOf'>,
  { rules, localize, loadPatterns }: Pick<Engine, 'rules' | 'localize' | 'loadPatterns'>,
  tell: (problems: readonly string[]) => void,
): Configurations {
  let folders = new Map<string, FoundFile | undefined>();
  const findIn = (folder: string): FoundFile | undefined => {
    if (folders.has(folder)) return folders.get(folder);
    const parent = files.parentOf(folder);
    const found = files.configurationIn(folder) ?? (parent === undefined ? undefined : findIn(parent));
    folders.set(folder, found);
    return found;
  };
  const parsed = new Map<string, { readonly text: string | undefined; readonly config: Config }>();
  const read = (file: FoundFile | undefined): Config => {
    if (!file) return defaultConfig;
    const { path, text } = file;
    const known = parsed.get(path);
    if (known && known.text === text) return known.config;
    const { config, problems } =
      text === undefined
        ? { config: defaultConfig, problems: [localize('{path}: cannot be read', { path })] }
        : parse(path, text);
    parsed.set(path, { text, config });
    if (problems.length > 0) tell(problems);
    return config;
  };
  const parse = (path: string, text: string) => {
    const { config, problems } = parseConfig(text, path, rules, localize, loadPatterns);
    return { config, problems: problems.map((problem) => placed(path, problem)) };
  };
  /** Names and severities of all rules are resolved once per configuration, not per Dockerfile. */
  const resolvers = new WeakMap<Config, { choices: RuleChoices; resolve: (path: string) => EffectiveConfig }>();
  const resolverOf = (base: Config, choices: RuleChoices) => {
    let known = resolvers.get(base);
    if (known?.choices !== choices) {
      const { config } = withRuleChoices(base, choices, rules, localize);
      known = { choices, resolve: createConfigResolver(config, rules) };
      resolvers.set(base, known);
    }
    return known.resolve;
  };
  return {
    read,
    find(path) {
      const folder = files.parentOf(path);
      return folder === undefined ? undefined : findIn(folder);
    },
    configFor: (path, file, choices) => resolverOf(read(file), choices)(file ? pathFrom(file.path, path) : path),
    baselineOf(file) {
      const { baseline } = read(file);
      return file && baseline !== undefined ? beside(file.path, baseline) : undefined;
    },
    forget() {
      folders = new Map();
    },
  };
}

function placed(path: string, { message, line }: ConfigProblem): string {
  return `${path}${line === undefined ? '' : `:${line}`}: ${message}`;
}
