import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIGURATION, DOCKERFILES, MAIN_DOCKERFILES as MAIN_IN_CLIENT } from '../../client/src/fileNames';
import {
  BASELINE_NAME,
  CONFIGURATION_NAMES,
  DOCKERFILE_NAMES,
  isDockerfile,
  MAIN_DOCKERFILES,
} from '../../server/src/project/fileNames';

const root = resolve(import.meta.dirname, '../..');
const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const texts: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
const commands: readonly string[] = contributes.commands.map(({ command }: { command: string }) => command);

interface Setting {
  readonly order: number;
  readonly markdownDescription: string;
}
interface Step {
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

const textOf = (name: string): string => texts[name.replaceAll('%', '')] ?? '';

describe('the settings', () => {
  it.each<[string, Readonly<Record<string, Setting>>]>(
    contributes.configuration.map(({ title, properties }: { title: string; properties: object }) => [
      textOf(title),
      properties,
    ]),
  )('of the group %s have their order, and an example each', (title, properties) => {
    expect(title).not.toBe('');
    expect(Object.values(properties).map(({ order }) => order)).toEqual(Object.keys(properties).map((_, at) => at));
    for (const [key, { markdownDescription }] of Object.entries(properties))
      expect(textOf(markdownDescription), key).toMatch(/Example: .*`/);
  });

  it('stand in one group each', () => {
    const keys = contributes.configuration.flatMap((group: { properties: object }) => Object.keys(group.properties));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the walkthrough', () => {
  const steps: readonly Step[] = contributes.walkthroughs[0].steps;

  it.each(steps.map((step) => [textOf(step.title), step] as const))(
    '%s: its picture, its commands and what completes it are there',
    (_, { description, media, completionEvents }) => {
      const links = [...textOf(description).matchAll(/\(command:([\w.]+)\)/g)].map(([, command = '']) => command);
      expect(links.length).toBeGreaterThan(0);
      for (const command of links) expect(commands).toContain(command);
      expect(links).toEqual(expect.arrayContaining([completionEvents[0]?.replace('onCommand:', '')]));
      for (const event of completionEvents) expect(commands).toContain(event.replace('onCommand:', ''));
      expect(textOf(media.altText)).not.toBe('');
      expect(existsSync(join(root, media.svg))).toBe(true);
    },
  );

  it('is drawn in the colours of the theme, without styles, which no walkthrough may have', () => {
    for (const { media } of steps) {
      const svg = readFileSync(join(root, media.svg), 'utf8');
      expect(svg).toContain('var(--vscode-');
      expect(svg).not.toMatch(/<style|style=|class=/);
      expect(svg.length).toBeLessThan(6000);
    }
  });
});

describe('names of files', () => {
  it('of Dockerfiles are the same for the editor, the client, the command line and its documentation', () => {
    const { filenames, filenamePatterns } = contributes.languages[0];
    expect([...filenames, ...filenamePatterns].sort()).toEqual([...DOCKERFILE_NAMES].sort());
    expect(MAIN_IN_CLIENT).toEqual(MAIN_DOCKERFILES);
    expect(DOCKERFILES).toBe(`**/{${DOCKERFILE_NAMES.join()}}`);
    for (const name of DOCKERFILE_NAMES) {
      expect(isDockerfile(`docker/${name.replace('*', 'dev')}`), name).toBe(true);
      for (const page of ['docs/cli.md', 'docs/ja/cli.md'])
        expect(readFileSync(join(root, page), 'utf8'), page).toContain(`\`${name}\``);
    }
  });

  it('of configurations are those that a client in the browser sends', () => {
    for (const name of [...CONFIGURATION_NAMES, BASELINE_NAME]) expect(name).toMatch(CONFIGURATION);
  });
});
