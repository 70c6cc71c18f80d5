import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { leavesNothingToOwn } from '../../app/ownership';
import { createRunSite } from '../../app/runSite';
import { isInFinalImage } from '../../dockerfile/finalStages';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';
import { isWithin } from '../../text/paths';
import { ownerAtCopy } from '../shared/ownerAtCopy';

export default defineRule({
  meta: {
    id: 'no-chown-layer',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    waste: 'mends',
    messages: {
      twice: '`chown` in a separate layer stores the copied files a second time',
      chown: 'Copy them with `--chown={owner}`',
      between: 'Copy them with `--chown={owner}`, and change the owner of earlier files too',
      owned: 'Change only directories: COPY has set the owner of the files',
      create: 'Create the owner above the COPY, and copy with `--chown={owner}`',
    },
    docs: {
      description: 'Set the owner of files when you copy them',
      rationale:
        'A layer stores whole files. A RUN that only changes the owner writes every file again, so the image grows by the size of all of them.',
      fixSafety: {
        unsafe: 'files that were in the directory before keep their owner.',
        notes:
          'The directory itself still gets the new owner if WORKDIR or the base image created it. A RUN that creates the owner moves above the COPY. There is no automatic fix when the program may change files that RUNs in between have written to the directory, or when the RUN that creates the owner depends on what is in between.',
      },
      bad: ['FROM debian:12\nCOPY app /srv/app\nRUN chown -R www-data:www-data /srv/app\n'],
      good: ['FROM debian:12\nCOPY --chown=www-data:www-data app /srv/app\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: (context) => ({
    instruction(node) {
      const { dockerfile, knowledge, settings, report } = context;
      const { stage } = node;
      if (!stage || !isInFinalImage(dockerfile, node) || node.flags.length > 0) return;
      for (const command of node.script?.commands ?? []) {
        const isRecursive =
          command.name === 'chown' && command.words.some(({ value }) => /^-\w*R|^--recursive$/.test(value));
        const [owner, ...paths] = isRecursive && !command.isConditional ? readOptions(command).operands : [];
        if (!owner?.isStatic || !paths.every(({ isStatic }) => isStatic)) continue;
        const folders = paths.map(({ value }) => absolutePath(value, workdirAt(node)));
        // Only a user has a group of its own.
        const name = owner.value.replace(/(?<=.):$/, '');
        const copies = copiesInto(node, folders, name);
        if (copies.length === 0) continue;
        const change = { run: node, command, owner: name, folders, copies };
        const edits = ownerAtCopy(dockerfile, change, () => {
          const site = createRunSite(stage, knowledge, context.buildContext, settings.services);
          return folders.every((folder) => leavesNothingToOwn(site, folder));
        });
        // The next fix starts from where this one has moved the owner's creation.
        const isolation = stage.from.span.start;
        report(command.span, 'twice', {
          data: { owner: change.owner },
          fix:
            typeof edits === 'string'
              ? { title: edits, safety: 'manual' }
              : { title: copies.every(givesOwner) ? 'owned' : 'chown', safety: 'unsafe', edits, isolation },
        });
      }
    },
  }),
});

function givesOwner({ flags }: Instruction): boolean {
  return flags.some(({ name }) => name === 'chown');
}

/** Earlier COPYs and ADDs into the directories without an owner, or with this one. */
function copiesInto(run: Instruction, folders: readonly string[], owner: string): Instruction[] {
  const filled = folders.filter((folder) => folder !== '/' && !folder.includes('$'));
  return (run.stage?.instructions ?? []).filter((node) => {
    if (!/^(?:COPY|ADD)$/.test(node.keyword) || node.span.start > run.span.start) return false;
    const given = node.flags.find(({ name }) => name === 'chown')?.value;
    if (given !== undefined && given !== owner && given.split(':')[0] !== owner) return false;
    const target = node.expand(node.args.at(-1)?.text ?? '');
    return target !== undefined && filled.some((folder) => isWithin(absolutePath(target, workdirAt(node)), folder));
  });
}
