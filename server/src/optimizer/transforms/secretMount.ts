import { effectiveUser } from '../../app/effectiveUser';
import { sourcesOf } from '../../app/neededPrograms';
import { createSite } from '../../app/site';
import { isSecret } from '../../commands/secretNames';
import type { Instruction, Pair, Stage } from '../../dockerfile/model';
import { mentionsVariable } from '../../dockerfile/variables';
import { phrase } from '../../l10n/phrase';
import { insertion, type TextEdit } from '../../text/edits';
import { type Guard, isGuard, refuse, type Transform, type TransformSite } from '../transform';

const TITLE = phrase('Pass the secret to the build as a mount');
/** Settings files in which installing tools expand variables. */
const TOOL_SETTINGS = ['.npmrc', '.yarnrc.yml', 'pip.conf', 'settings.xml', 'nuget.config', 'NuGet.Config'];
const INSTALLERS = /^(?:npm|yarn|pnpm|pip[\d.]*|mvnw?|dotnet|bundle|composer|poetry|uv)$/;

/** A secret in ARG or ENV is mounted for the RUNs that use it, and is in no layer and no history. */
export const secretMount: Transform = {
  id: 'secret-mount',
  safety: 'unsafe',
  // The image has to be built differently afterwards.
  level: 'all',
  propose(given) {
    for (const stage of given.dockerfile.stages) {
      for (const node of stage.instructions) {
        const [pair] = node.pairs;
        if (!/^(?:ARG|ENV)$/.test(node.keyword) || node.pairs.length !== 1 || !pair || !isSecret(node, pair)) continue;
        const answer = mount(given, stage, pair);
        if (isGuard(answer)) return { title: TITLE, ...answer };
        const id = pair.name.toLowerCase();
        return {
          title: phrase('Mount {name} as a secret: build with `--secret id={id},env={name}`', { name: pair.name, id }),
          reason: phrase(
            'A value in ARG or ENV stays in the image history, where anyone who can pull the image can read it. A secret mount exists for one step only. Build with `docker build --secret id={id},env={name} .`.',
            { name: pair.name, id },
          ),
          risk: phrase(
            'The build command changes: without --secret, the value is empty. Everyone who has the file knows the old value: replace it.',
          ),
          edits: answer,
        };
      }
    }
    return undefined;
  },
};

function mount(given: TransformSite, stage: Stage, { name }: Pair): TextEdit[] | Guard {
  const { text } = given.dockerfile;
  const settings = stage.instructions.filter(
    (node) => /^(?:ARG|ENV)$/.test(node.keyword) && node.pairs.length === 1 && node.pairs[0]?.name === name,
  );
  const isInImage = settings.some(({ keyword }) => keyword === 'ENV');
  if (isInImage && isReadAtRunTime(given, stage, name))
    return refuse('the program may read {name} at run time', { name });
  const isSetting = (node: Instruction) => settings.includes(node);
  const users = stage.instructions.filter(
    (node) =>
      !isSetting(node) &&
      (mentionsVariable(text.slice(node.span.start, node.span.end), name) || readsSettings(given, node, name)),
  );
  if (users.length === 0) return refuse('cannot determine which step reads {name}', { name });
  const id = name.toLowerCase();
  const edits: TextEdit[] = settings.map(({ span }) => {
    const end = /^[ \t]*\r?\n/.exec(text.slice(span.end))?.[0].length ?? 0;
    return { span: { start: span.start, end: span.end + end }, newText: '' };
  });
  for (const node of users) {
    const { keyword, form, shell, script } = node;
    if (keyword !== 'RUN') return refuse('{keyword} writes {name} into the image', { keyword, name });
    if (form !== 'shell' || (shell !== 'sh' && shell !== 'bash') || !script || script.errors.length > 0)
      return refuse('a RUN that uses the secret is not in shell form');
    if (effectiveUser(stage, given.knowledge, node).isRoot !== true)
      return refuse('the secret must be mounted for the user that runs the RUN');
    const flags = node.flags.at(-1)?.span.end ?? node.keywordSpan.end;
    edits.push(insertion(flags, ` --mount=type=secret,id=${id}`));
    edits.push(insertion(node.body.start, `export ${name}="$(cat /run/secrets/${id})" && `));
  }
  return edits;
}

/**
 * True unless every source is known and none of them names it; installing tools have finished before the program runs.
 */
function isReadAtRunTime({ dockerfile, knowledge, buildContext }: TransformSite, stage: Stage, name: string): boolean {
  const site = buildContext && createSite(dockerfile, stage, knowledge, buildContext);
  const sources = site && sourcesOf(site);
  if (!sources) return true;
  return sources.some(({ path, text }) => !TOOL_SETTINGS.includes(path) && text.includes(name));
}

/** An install whose settings files next to the Dockerfile name the variable. */
function readsSettings({ buildContext }: TransformSite, { script }: Instruction, name: string): boolean {
  if (!script?.commands.some((command) => INSTALLERS.test(command.name))) return false;
  return TOOL_SETTINGS.some((path) => mentionsVariable(buildContext?.read(path) ?? '', name));
}
