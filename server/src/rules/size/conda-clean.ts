import { cleaningRule } from '../shared/cleanAfterInstall';

export default cleaningRule({
  id: 'conda-clean',
  aliases: [],
  tools: ['conda', 'mamba', 'micromamba'],
  installs: ({ subcommand, command }) =>
    ['install', 'update', 'create'].includes(subcommand?.value ?? '') ||
    // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
    /\benv\b.*\b(?:create|update)\b/.test(command.words.map(({ value }) => value).join(' ')),
  caches: ['/opt/conda/pkgs', '/root/.conda', '/root/miniconda3/pkgs', '/opt/miniconda3/pkgs'],
  cleans: ['clean'],
  command: 'clean -afy',
  docs: {
    description: 'Clean the conda cache in the RUN that installs',
    rationale:
      'conda keeps the archives that it downloads and the directories that it unpacks them into. Both duplicate what is installed, often hundreds of megabytes.',
    bad: ['FROM continuumio/miniconda3:24.5.0-0\nRUN conda install -y numpy\n'],
    good: ['FROM continuumio/miniconda3:24.5.0-0\nRUN conda install -y numpy && conda clean -afy\n'],
    references: ['https://docs.conda.io/projects/conda/en/stable/commands/clean.html'],
  },
});
