import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-telemetry',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['tally:prefer-telemetry-opt-out'],
    fixable: 'unsafe',
    messages: {
      sends: '`{tool}` sends usage data from every build',
      set: 'Set `{name}`',
    },
    docs: {
      description: 'Turn off telemetry of build tools',
      rationale:
        'Some tools report usage data. Nobody consents during a build, and the report is one more address that the build has to reach.',
      fixSafety: { unsafe: 'the variable is also set in the running container.' },
      bad: ['FROM mcr.microsoft.com/dotnet/sdk:8.0\nRUN dotnet publish\n'],
      good: ['FROM mcr.microsoft.com/dotnet/sdk:8.0\nENV DOTNET_CLI_TELEMETRY_OPTOUT=1\nRUN dotnet publish\n'],
      references: ['https://learn.microsoft.com/en-us/dotnet/core/tools/telemetry'],
    },
  },
  visits: { tools: ['dotnet', 'next', 'nuxt', 'gatsby', 'ng', 'astro', 'turbo', 'az', 'sam'] },
  create: ({ dockerfile, report }) => {
    const seen = new Set<string>();
    return {
      command(command, on) {
        const [name, value] = (on.keyword === 'RUN' ? SWITCHES[command.name] : undefined) ?? [];
        if (
          name === undefined ||
          on.onbuild ||
          seen.has(name) ||
          /\bDO_NOT_TRACK\b/.test(dockerfile.text) ||
          dockerfile.text.includes(name)
        )
          return;
        seen.add(name);
        const at = on.span.start;
        report(command.words[0]?.span ?? command.span, 'sends', {
          data: { tool: command.name, name },
          fix: {
            title: 'set',
            safety: 'unsafe',
            edits: [{ span: { start: at, end: at }, newText: `ENV ${name}=${value}${lineEndOf(dockerfile)}` }],
          },
        });
      },
    };
  },
});

/** Variable names from the documentation of each tool. */
const SWITCHES: Readonly<Record<string, readonly [name: string, value: string]>> = {
  dotnet: ['DOTNET_CLI_TELEMETRY_OPTOUT', '1'],
  next: ['NEXT_TELEMETRY_DISABLED', '1'],
  nuxt: ['NUXT_TELEMETRY_DISABLED', '1'],
  gatsby: ['GATSBY_TELEMETRY_DISABLED', '1'],
  ng: ['NG_CLI_ANALYTICS', 'false'],
  astro: ['ASTRO_TELEMETRY_DISABLED', '1'],
  turbo: ['TURBO_TELEMETRY_DISABLED', '1'],
  az: ['AZURE_CORE_COLLECT_TELEMETRY', '0'],
  sam: ['SAM_CLI_TELEMETRY', '0'],
};
