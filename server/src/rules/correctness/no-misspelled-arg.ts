import { defineRule } from '../../engine/rule';
import { isSlip } from '../shared/slip';

export default defineRule({
  meta: {
    id: 'no-misspelled-arg',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      near: 'No ARG above the first FROM is named `{name}`: did you mean `{meant}`?',
      replace: 'Write `{meant}` here and where the stage uses it',
    },
    docs: {
      description: 'Spell the ARG of a stage as above the first FROM',
      rationale:
        'An ARG without a value takes that of the ARG of the same name above the first FROM. With a misspelled name it is empty unless `--build-arg` sets it. The rule reports a name that differs by one letter from an ARG that the stage does not declare.',
      fixSafety: { manual: 'the build may set both arguments.' },
      bad: ['ARG NODE_VERSION=22\nFROM node:$NODE_VERSION\nARG NODE_VERSOIN\nRUN echo "$NODE_VERSOIN"\n'],
      good: [
        'ARG NODE_VERSION=22\nFROM node:$NODE_VERSION\nARG NODE_VERSION\nRUN echo "$NODE_VERSION"\n',
        'ARG NODE_VERSION=22\nFROM node:$NODE_VERSION\nARG APP_VERSION\nRUN echo "$APP_VERSION"\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#scope'],
    },
  },
  visits: { keywords: ['ARG'] },
  create: ({ dockerfile: { globalArgs }, report }) => ({
    instruction(node) {
      const { stage, onbuild } = node;
      if (!stage || onbuild) return;
      const globals = globalArgs.flatMap(({ pairs }) => pairs.map(({ name }) => name));
      if (globals.length === 0) return;
      const declared = stage.instructions.flatMap(({ keyword, pairs }) =>
        keyword === 'ARG' ? pairs.map(({ name }) => name) : [],
      );
      for (const { name, nameSpan, value } of node.pairs) {
        if (value !== undefined || name.length < 5 || globals.includes(name)) continue;
        const meant = globals.find((one) => isSlip(name, one) && !declared.includes(one));
        if (meant !== undefined)
          report(nameSpan, 'near', { data: { name, meant }, fix: { title: 'replace', safety: 'manual' } });
      }
    },
  }),
});
