import { baseFacts, effectiveUser } from '../../app/effectiveUser';
import { dropsPrivileges } from '../../app/rootNeeds';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-root-with-volume',
    group: 'security',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['tally:stateful-root-runtime'],
    messages: {
      volume: 'root writes to the volume `{path}`, which outlives the container',
    },
    docs: {
      description: 'Do not write to volumes as root',
      rationale:
        'Files that a root process writes to a volume belong to root on the host too, including programs with the set-user-ID bit.',
      bad: ['FROM debian:12\nVOLUME /data\nCMD ["app"]\n'],
      good: ['FROM debian:12\nRUN useradd app && install -d -o app /data\nVOLUME /data\nUSER app\nCMD ["app"]\n'],
      references: ['https://docs.docker.com/engine/security/'],
    },
  },
  create: ({ knowledge, report }) => ({
    stage(stage) {
      const volume = stage.instructions.find(({ keyword }) => keyword === 'VOLUME');
      if (!stage.isFinal || !volume || effectiveUser(stage, knowledge).isRoot !== true || dropsPrivileges(stage))
        return;
      if (!baseFacts(stage, knowledge)?.dropsPrivileges)
        report(volume.span, 'volume', { data: { path: volume.args[0]?.value ?? '' } });
    },
  }),
});
