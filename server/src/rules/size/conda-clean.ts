import type { PackageCommand } from '../../commands/packageCommand';
import { defineRule } from '../../engine/rule';
import { uncleanedInstall } from '../shared/cleanAfterInstall';

export default defineRule({
  meta: {
    id: 'conda-clean',
    group: 'size',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    fixable: 'safe',
    waste: 'mends',
    messages: {
      missing: '`{command}` keeps its cache in the layer',
      clean: 'Add `{clean}`',
    },
    docs: {
      description: 'Clean the conda cache in the RUN that installs',
      rationale:
        'conda keeps the archives that it downloads and the directories that it unpacks them into. Both duplicate what is installed, often hundreds of megabytes.',
      fixSafety:
        'Safe: the cache is only a copy, and the next install downloads it again. Not offered when the cache is in a mount.',
      bad: ['FROM continuumio/miniconda3:24.5.0-0\nRUN conda install -y numpy\n'],
      good: ['FROM continuumio/miniconda3:24.5.0-0\nRUN conda install -y numpy && conda clean -afy\n'],
      references: ['https://docs.conda.io/projects/conda/en/stable/commands/clean.html'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      const found = uncleanedInstall(dockerfile, node, CHECK);
      if (!found) return;
      const { span, data, edit } = found;
      report(span, 'missing', {
        data,
        fix: edit && { title: 'clean', safety: 'safe', edits: [edit], isolation: node.span.start },
      });
    },
  }),
});

const CHECK = {
  tools: ['conda', 'mamba', 'micromamba'],
  installs: ({ subcommand, command }: PackageCommand) =>
    ['install', 'update', 'create'].includes(subcommand?.value ?? '') ||
    /\benv\b.*\b(?:create|update)\b/.test(command.words.map(({ value }) => value).join(' ')),
  caches: ['/opt/conda/pkgs', '/root/.conda', '/root/miniconda3/pkgs', '/opt/miniconda3/pkgs'],
  cleans: ['clean'],
  command: 'clean -afy',
};
