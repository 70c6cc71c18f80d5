import { folderOf } from '../../app/commandFolder';
import { contextFileAt } from '../../app/contextFileAt';
import { absolutePath, workdirAtEnd } from '../../app/copiedFiles';
import { parsePackageJson } from '../../app/packageJson';
import { servicesOf } from '../../app/servicesOf';
import { contextOfBuild } from '../../app/site';
import { startInstructions } from '../../app/start/startInstructions';
import { startCommand } from '../../app/start/startWords';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { nearestName } from '../../engine/nearestName';
import { defineRule } from '../../engine/rule';
import type { ShellCommand, ShellScript } from '../../shell/script';
import { anyOf } from '../../text/pattern';
import type { Word } from '../../text/word';
import { mayFail } from '../shared/expectedFailure';

export default defineRule({
  meta: {
    id: 'no-missing-script',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      missing: '{manifest} has no script `{script}`',
      near: '{manifest} has no script `{script}`: did you mean `{meant}`?',
      add: 'Add `{script}` to `scripts` in {manifest}',
      replace: 'Write `{meant}`',
    },
    docs: {
      description: 'Run only scripts that package.json has',
      rationale:
        '`npm run` and `pnpm run` fail for a script that is not in package.json: the build stops, or the container does as soon as it starts.\n\nOnly reported when it is known which package.json is there.',
      fixSafety: { manual: 'the name or package.json may be wrong.' },
      bad: ['FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run compile\n'],
      good: ['FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n'],
      references: ['https://docs.npmjs.com/cli/v11/commands/npm-run'],
    },
  },
  visits: { keywords: ['RUN', 'CMD', 'ENTRYPOINT'] },
  create: ({ dockerfile, buildContext, settings, report }) => ({
    instruction(node) {
      const { stage, onbuild } = node;
      if (!stage || onbuild) return;
      for (const { word, folder } of calledScripts(node)) {
        const context = buildContext && contextOfBuild(buildContext);
        if (!context) return;
        const path = absolutePath('package.json', folder);
        const isMounted = servicesOf(stage, settings.services).some(
          ({ starts, mounts }) => starts.length > 0 || mounts.some(({ kind }) => kind === 'bind'),
        );
        if (node.keyword !== 'RUN' && isMounted) return;
        const manifest = contextFileAt(path, stage, node.span.end, CHANGES, { dockerfile, context });
        const json = manifest === undefined ? undefined : parsePackageJson(context.read(manifest));
        if (manifest === undefined || !json || Object.hasOwn(json.scripts, word.value)) continue;
        const meant = nearestName(word.value, Object.keys(json.scripts));
        const data = { manifest, script: word.value };
        if (meant === undefined) report(word.span, 'missing', { data, fix: { title: 'add', safety: 'manual' } });
        else report(word.span, 'near', { data: { ...data, meant }, fix: { title: 'replace', safety: 'manual' } });
      }
    },
  }),
});

/** What may write a package.json. */
const CHANGES = anyOf(
  /package\.json|\b(?:git|svn|curl|wget|tar|unzip|bsdtar|rsync|cp|mv|ln|degit|jq|sed)\b/,
  /\b(?:npm|yarn|pnpm|bun) (?:init|pkg|create|deploy)\b|\bcreate-|\b(?:turbo|lerna|nx)\b/,
  // Scripts of the project, and generators.
  /(?:^|[;&|][\s\\]{0,20})(?:(?:node|python3?|perl|ruby|php|make|(?:ba)?sh|source|\.) |\.{0,2}\/)/,
  /\b(?:npx|dlx|bunx) [^;&|\n]{0,80}\b(?:init|add|new|create|upgrade)\b/,
);

/** The scripts that an instruction runs by name, each in a known directory. */
function calledScripts(node: Instruction): { word: Word; folder: string }[] {
  if (node.keyword === 'RUN')
    return (node.script?.commands ?? []).flatMap((command) => {
      const word = node.script && stopsBuild(command, node.script) ? scriptIn(command.words) : undefined;
      const folder = word && folderOf(node, command);
      return word && folder !== undefined ? [{ word, folder }] : [];
    });
  const { stage } = node;
  if (!stage?.isFinal || startInstructions(stage).at(-1) !== node) return [];
  const word = scriptIn(startCommand(stage) ?? []);
  return word ? [{ word, folder: workdirAtEnd(inheritedInstructions(stage)) }] : [];
}

/** False where the RUN may go on after the command has failed. */
function stopsBuild(command: ShellCommand, { chain }: ShellScript): boolean {
  const { itemIndex } = command;
  const isAlone = command.chain === chain && chain.items[itemIndex]?.kind === 'command';
  return isAlone && !mayFail(command) && /^(?:&&)?$/.test(chain.operators[itemIndex]?.text ?? '');
}

/** The script after `npm run` or `pnpm run`. Yarn and Bun also run programs of packages by that word. */
function scriptIn([manager, ...rest]: readonly Word[]): Word | undefined {
  if (!/^p?npm$/.test(manager?.value ?? '')) return undefined;
  const end = rest.findIndex(({ value }) => value === '--');
  const own = end < 0 ? rest : rest.slice(0, end);
  const [verb, word] = own.filter(({ value }) => !QUIET.test(value));
  if (!/^(?:run|run-script)$/.test(verb?.value ?? '') || own.some(({ value }) => ELSEWHERE.test(value)))
    return undefined;
  return word?.isStatic && /^\w[\w:.-]*$/.test(word.value) && !BY_NPM.test(word.value) ? word : undefined;
}

/** npm runs these by itself where package.json has no such script. */
const BY_NPM = /^(?:env|restart|start)$/;
const QUIET = /^(?:-s|-q|-d|--silent|--quiet|--verbose|--no-audit|--no-fund|--unsafe-perm)$/;
/** Options that choose another package, or accept a script that is not there. */
const ELSEWHERE = /^(?:-(?:[wCFr]|ws)|--(?:prefix|workspaces?|ws|dir|filter|recursive|if-present|parallel))(?:=|$)/;
