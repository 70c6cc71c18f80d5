import { packageCommand } from '../../commands/packageCommand';
import { packageName, systemInstall } from '../../commands/systemPackages';
import { addOption } from '../../dockerfile/edits/addOption';
import { imageName } from '../../dockerfile/imageName';
import { inheritedInstructions, lineage } from '../../dockerfile/lineage';
import type { ImageReference, Instruction, Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ImageFacts } from '../../knowledge/knowledgeBase';
import { isReleaseFrom } from '../../knowledge/releaseOrder';
import type { ShellCommand } from '../../shell/script';
import { mayFail } from '../shared/expectedFailure';

export default defineRule({
  meta: {
    id: 'no-system-pip',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      refused: 'pip refuses to install into the system Python of {image}',
      allow: 'Add `--break-system-packages`',
    },
    docs: {
      description: 'Install Python packages into a virtual environment, not into the system Python',
      rationale:
        'Debian 12, Ubuntu 23.04, Alpine 3.19 and later mark their Python as externally managed: `pip install` stops with `error: externally-managed-environment`. Create an environment with `python3 -m venv /opt/venv` and put it first with `ENV PATH="/opt/venv/bin:$PATH"`, or use a `python` image.',
      fixSafety: {
        unsafe: 'pip may overwrite packages that the distribution installed.',
        notes: 'A virtual environment keeps the two apart.',
      },
      bad: [
        'FROM debian:12\nRUN apt-get update && apt-get install -y python3-pip && rm -rf /var/lib/apt/lists/*\nRUN pip install flask==3.1.0\n',
        'FROM alpine:3.22\nRUN apk add --no-cache py3-pip && pip install flask==3.1.0\n',
      ],
      good: [
        'FROM debian:12\nRUN apt-get update && apt-get install -y python3-venv && rm -rf /var/lib/apt/lists/*\nRUN python3 -m venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\nRUN pip install flask==3.1.0\n',
        'FROM python:3.13-slim\nRUN pip install flask==3.1.0\n',
      ],
      references: [
        'https://peps.python.org/pep-0668/',
        'https://pythonspeed.com/articles/externally-managed-environment-pep-668/',
      ],
    },
  },
  visits: { tools: ['pip'] },
  create: ({ knowledge, report }) => ({
    command(command, on) {
      const base = on.stage && lineage(on.stage)[0]?.base;
      if (on.keyword !== 'RUN' || !on.stage || base?.kind !== 'image' || mayFail(command)) return;
      const call = packageCommand(command, ['pip'], on);
      if (call?.subcommand?.value !== 'install' || call.has(...ELSEWHERE) || !isSystemProgram(command)) return;
      const facts = knowledge.image(base.image);
      if (!facts || !isManaged(base.image, facts) || !hasSystemPipOnly(on.stage, on)) return;
      report(call.subcommand.span, 'refused', {
        data: { image: imageName(base.image) },
        fix: {
          title: 'allow',
          safety: 'unsafe',
          edits: [addOption(call.subcommand, '--break-system-packages')],
        },
      });
    },
  }),
});

/** Options that install to another place, or install nothing. */
const ELSEWHERE = [
  ...['--break-system-packages', '-t', '--target', '--prefix', '--root', '--python'],
  ...['--dry-run', '-h', '--help', '-V', '--version'],
];

function isSystemProgram({ words }: ShellCommand): boolean {
  return /^(?:\/usr\/bin\/)?(?:pip3?|python3?)$/.test(words[0]?.value ?? '');
}

/** Releases with an externally managed Python (PEP 668). The Python images have their own. */
function isManaged(image: ImageReference, facts: ImageFacts): boolean {
  return isReleaseFrom(MANAGED, image, facts) && !/python|pypy|hylang|\buv$/.test(image.repository);
}

const MANAGED = { debian: '12', ubuntu: '23.04', alpine: '3.19' };

/** True if the distribution's pip was installed and nothing indicates another Python or other settings. */
function hasSystemPipOnly(stage: Stage, on: Instruction): boolean {
  const before = inheritedInstructions(stage).filter(({ span }) => span.start <= on.span.start);
  const hasPip = before
    .flatMap(({ script }) => script?.commands ?? [])
    .some((command) => systemInstall(command)?.operands.some(({ value }) => PIP.includes(packageName(value))));
  return hasPip && !before.some(bringsOther);
}

function bringsOther({ bodyText, scriptText, flags }: Instruction): boolean {
  return (
    OTHER_PYTHON.test(bodyText) ||
    OTHER_PYTHON.test(scriptText?.text ?? '') ||
    flags.some(({ name, value }) => name === 'from' && value?.includes('python'))
  );
}

const PIP = ['python3-pip', 'py3-pip', 'py-pip'];
const OTHER_PYTHON =
  /venv|virtualenv|conda|mamba|pyenv|get-pip|EXTERNALLY-MANAGED|PIP_|pip\.conf|\bpip[\d.]* config|deadsnakes|Python-\d|\bpython-build|\buv\b/i;
