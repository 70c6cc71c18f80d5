import { defineRule } from '../../engine/rule';
import { isSlip } from '../shared/slip';

export default defineRule({
  meta: {
    id: 'no-misspelled-variable',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      near: 'No known program reads `{name}`: did you mean `{meant}`?',
      replace: 'Replace it with `{meant}`',
    },
    docs: {
      description: 'Spell well-known environment variables right',
      rationale:
        'A variable with a misspelled name has no effect, and neither the build nor the program says so. The rule reports a name in ENV that differs by one letter from a variable of Python, pip, Poetry, Node.js, Go, .NET or Debian, unless the file uses the name elsewhere.',
      fixSafety: { unsafe: 'the variable takes effect.' },
      bad: [
        'FROM python:3.14-slim\nENV PYTHONUNBUFFRED=1\nCMD ["python", "app.py"]\n',
        'FROM golang:1.26\nENV CGO_ENABLE=0\nRUN go build ./...\n',
      ],
      good: [
        'FROM python:3.14-slim\nENV PYTHONUNBUFFERED=1\nCMD ["python", "app.py"]\n',
        'FROM python:3.14-slim\nENV APP_UNBUFFERED=1\nCMD ["python", "app.py"]\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#env'],
    },
  },
  visits: { keywords: ['ENV'] },
  create: ({ dockerfile: { stages, text }, report }) => ({
    instruction(node) {
      for (const { name, nameSpan } of node.pairs) {
        const meant = meantBy(name);
        if (meant === undefined) continue;
        const set = stages
          .flatMap(({ instructions }) => instructions)
          .flatMap(({ keyword, pairs }) => (keyword === 'ENV' ? pairs : []));
        // Who uses the name, or sets both, has chosen it.
        const isChosen = text.split(name).length - 1 > set.filter((pair) => pair.name === name).length;
        if (isChosen || set.some((pair) => pair.name === meant)) continue;
        report(nameSpan, 'near', {
          data: { name, meant },
          fix: { title: 'replace', data: { meant }, safety: 'unsafe', edits: [{ span: nameSpan, newText: meant }] },
        });
      }
    },
  }),
});

/** In a short name the letters must be the same ones: `NODE_EVN`, but `NODE_END` may be another. */
function meantBy(name: string): string | undefined {
  if (name === 'PYTHONBUFFERED') return 'PYTHONUNBUFFERED';
  if (name.length < 7 || KNOWN.includes(name)) return undefined;
  return KNOWN.find((known) => isSlip(name, known) && (known.length > 9 || sorted(name) === sorted(known)));
}

function sorted(name: string): string {
  return [...name].sort().join('');
}

/** Variables whose near namesakes nobody uses; start scripts do read PYTHON_PATH or NODE_OPTION. */
const KNOWN = [
  ...['PYTHONUNBUFFERED', 'PYTHONDONTWRITEBYTECODE', 'DJANGO_SETTINGS_MODULE', 'DEBIAN_FRONTEND'],
  ...['PIP_NO_CACHE_DIR', 'PIP_DISABLE_PIP_VERSION_CHECK', 'LD_LIBRARY_PATH', 'CGO_ENABLED'],
  ...['POETRY_VIRTUALENVS_CREATE', 'POETRY_VIRTUALENVS_IN_PROJECT', 'POETRY_NO_INTERACTION'],
  ...['NODE_ENV', 'NEXT_TELEMETRY_DISABLED'],
  ...['ASPNETCORE_URLS', 'ASPNETCORE_ENVIRONMENT', 'ASPNETCORE_HTTP_PORTS', 'ASPNETCORE_HTTPS_PORTS'],
];
