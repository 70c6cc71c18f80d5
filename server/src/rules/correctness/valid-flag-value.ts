import { flagFacts, MOUNT_OPTIONS } from '../../dockerfile/flags';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'valid-flag-value',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [
      'dockerfile-utils:UNKNOWN_TYPE',
      'dockerfile-utils:FLAG_DUPLICATE',
      'dockerfile-utils:FLAG_MISSING_VALUE',
      'dockerfile-utils:FLAG_MISSING_DURATION',
      'dockerfile-utils:FLAG_INVALID_DURATION',
      'dockerfile-utils:FLAG_UNKNOWN_UNIT',
      'dockerfile-utils:FLAG_LESS_THAN_1MS',
      'dockerfile-utils:FLAG_AT_LEAST_ONE',
      'dockerfile-utils:FLAG_EXPECTED_BOOLEAN_VALUE',
      'dockerfile-utils:INVALID_SYNTAX_FLAG',
    ],
    fixable: 'manual',
    messages: {
      twice: '`--{name}` appears twice',
      missing: '`--{name}` needs a value',
      duration: '`{value}` is not a duration such as `30s` or `1m30s`',
      count: '`--{name}` must be a number, 1 or higher',
      boolean: '`--{name}` must be true or false',
      variable: '{name} takes no variables: name a stage',
      stage: 'Add `FROM {value} AS {alias}` above, and write `from={alias}`',
      choice: '`{value}` is not one of: {choices}',
      one: 'Keep one of them',
      value: 'Write `--{name}=…` with a value',
      unit: 'Write a number with its unit: `30s`',
      number: 'Write a whole number from 1',
      logical: 'Write true or false',
      listed: 'Write one of: {choices}',
    },
    advice: { twice: 'one', missing: 'value', duration: 'unit', count: 'number', boolean: 'logical', choice: 'listed' },
    docs: {
      description: 'Give flags valid values',
      rationale:
        'Docker rejects a flag with an invalid value. `--from` does not expand variables: use a variable in FROM, and copy from the stage name.',
      fixSafety: { manual: 'the variable has to be an ARG above the first FROM.' },
      bad: ['FROM debian:12\nHEALTHCHECK --interval=5 CMD app\n'],
      good: ['FROM debian:12\nHEALTHCHECK --interval=5s CMD app\n'],
      references: ['https://docs.docker.com/reference/dockerfile/'],
    },
  },
  visits: { keywords: ['ADD', 'COPY', 'HEALTHCHECK', 'RUN'] },
  create: ({ report }) => ({
    instruction(node) {
      const seen = new Set<string>();
      for (const flag of node.flags) {
        const { name, value, span } = flag;
        const facts = flagFacts(node.keyword, name);
        if (seen.has(name) && !facts?.isRepeatable) report(span, 'twice', { data: { name } });
        seen.add(name);
        const from = name === 'from' ? value : flag.options.get('from');
        if (from !== undefined && /\$[\w{]/.test(from)) {
          const data = { name: name === 'from' ? '--from' : '--mount=from', value: from, alias: 'source' };
          report(span, 'variable', { data, fix: { title: 'stage', safety: 'manual' } });
          continue;
        }
        if (!facts) continue;
        const text = value === undefined ? undefined : node.expand(value);
        if (value === undefined || value === '') {
          if (!facts.isValueOptional) report(span, 'missing', { data: { name } });
        } else if (text === undefined) continue;
        else if (facts.value === 'duration') {
          if (!/^\+?(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$|^0$/.test(text))
            report(span, 'duration', { data: { value: text } });
        } else if (facts.value === 'count') {
          if (!/^\+?\d+$/.test(text)) report(span, 'count', { data: { name } });
        } else if (facts.value === 'boolean') {
          if (!/^(?:true|false|1|0|t|f|TRUE|FALSE|True|False|T|F)$/.test(text))
            report(span, 'boolean', { data: { name } });
        } else {
          const choices = facts.value === 'mount' ? Object.keys(MOUNT_OPTIONS) : facts.choices;
          const choice = facts.value === 'mount' ? flag.options.get('type') : text;
          if (choices && choice !== undefined && !choice.includes('$') && !choices.includes(choice.toLowerCase()))
            report(span, 'choice', { data: { value: choice, choices: choices.join(', ') } });
        }
      }
    },
  }),
});
