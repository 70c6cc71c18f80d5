import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'powershell-stop-on-error',
    group: 'correctness',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['tally:powershell/error-action-preference', 'tally:powershell/progress-preference'],
    messages: {
      goesOn: 'PowerShell continues after an error: set `$ErrorActionPreference` in SHELL',
    },
    docs: {
      description: 'Let PowerShell stop at the first error',
      rationale:
        'PowerShell continues when a cmdlet fails, and the step succeeds. `SHELL ["powershell", "-Command", "$ErrorActionPreference = \'Stop\'; $ProgressPreference = \'SilentlyContinue\';"]` changes that for all steps, and turns off the progress bar that slows down downloads.',
      bad: [
        '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN Invoke-WebRequest https://example.com/a.zip -OutFile a.zip; Expand-Archive a.zip\n',
      ],
      good: [
        '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command", "$ErrorActionPreference = \'Stop\';"]\nRUN Invoke-WebRequest https://example.com/a.zip -OutFile a.zip; Expand-Archive a.zip\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#shell'],
    },
  },
  visits: { keywords: ['SHELL'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      if (!/(?:powershell|pwsh)(?:\.exe)?$/i.test(node.args[0]?.value ?? '')) return;
      if (!/ErrorActionPreference/i.test(text)) report(node.body, 'goesOn');
    },
  }),
});
