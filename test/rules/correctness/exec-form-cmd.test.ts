import rule from '../../../server/src/rules/correctness/exec-form-cmd';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    // valid-exec-form reports it.
    "FROM a\nCMD ['python', 'app.py']\n",
    'FROM a\nCMD ["python", "app.py"]\n',
    'FROM a\nENTRYPOINT ["/entry.sh"]\nCMD []\n',
    'FROM a\nSHELL ["/bin/bash", "-c"]\nCMD app --now\n',
    'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCMD app.exe\n',
    'FROM a\nHEALTHCHECK CMD curl -f http://localhost || exit 1\n',
    // The shell becomes the program.
    'FROM a\nCMD exec app --port $PORT\n',
    'FROM a\nCMD cd /b && exec app --now\n',
    'FROM a\nCMD ["app"] # why\n',
    'FROM a\nRUN python app.py\n',
  ],
  invalid: [
    {
      name: 'a line without effect',
      code: 'FROM a\nCMD b c\nCMD ["d"]\n',
      findings: [{ messageId: 'someShells', at: 'CMD', severity: 'hint' }],
      output: null,
      onbuild: false,
    },
    {
      name: 'dash starts a child',
      code: 'FROM debian:12\nCMD app --now\n',
      findings: [{ messageId: 'shellForm', at: 'CMD', severity: 'warning' }],
      output: 'FROM debian:12\nCMD ["app", "--now"]\n',
    },
    {
      name: 'ash becomes the last command',
      code: 'FROM alpine:3.22\nCMD cd /b && app --now\n',
      findings: [{ messageId: 'someShells', at: 'CMD', severity: 'info' }],
      output: 'FROM alpine:3.22\nCMD cd /b && exec app --now\n',
    },
    {
      name: 'whose last command has company',
      code: 'FROM alpine:3.22\nCMD b | c\n',
      findings: [{ messageId: 'shellForm', at: 'CMD', severity: 'warning' }],
      output: null,
    },
    {
      name: 'ENTRYPOINT that hands the words of CMD on',
      code: 'FROM a\nENTRYPOINT /start.sh $0 $@\nCMD ["app"]\n',
      findings: [{ messageId: 'someShells', at: 'ENTRYPOINT' }],
      output: 'FROM a\nENTRYPOINT ["/bin/sh", "-c", "exec /start.sh $0 $@"]\nCMD ["app"]\n',
    },
    {
      code: 'FROM a\nENTRYPOINT []\nCMD b c\n',
      findings: [{ messageId: 'someShells', at: 'CMD' }],
      output: 'FROM a\nENTRYPOINT []\nCMD ["b", "c"]\n',
      onbuild: false,
    },
    {
      code: 'FROM mcr.microsoft.com/windows/nanoserver\nCMD app.exe\n',
      name: 'as hadolint reads it: Windows',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'shellForm', at: 'CMD' }],
      onbuild: false,
      escape: false,
    },
    {
      name: 'a script that only a shell starts',
      code: 'FROM a\nWORKDIR /app\nCOPY . .\nCMD ./run.sh\n',
      buildContext: buildContextOf({ 'run.sh': 'python app.py\n' }),
      findings: [{ messageId: 'someShells', at: 'CMD' }],
      output: null,
    },
    {
      name: 'a script that nobody sees: mounted, or of a stage or repository',
      code: 'FROM a\nENTRYPOINT "/mounted/start.sh"\n',
      buildContext: buildContextOf({}),
      findings: [{ messageId: 'someShells', at: 'ENTRYPOINT' }],
      output: null,
    },
    {
      name: 'a script that the base image has in its PATH',
      code: 'FROM a\nCMD catalina.sh run\n',
      buildContext: buildContextOf({}),
      findings: [{ messageId: 'someShells', at: 'CMD' }],
      output: 'FROM a\nCMD ["catalina.sh", "run"]\n',
    },
    {
      name: 'a script that names its shell',
      code: 'FROM a\nWORKDIR /app\nCOPY . .\nCMD ./run.sh\n',
      buildContext: buildContextOf({ 'run.sh': '#!/bin/sh\nexec python app.py\n' }),
      findings: [{ messageId: 'someShells', at: 'CMD' }],
      output: 'FROM a\nWORKDIR /app\nCOPY . .\nCMD ["./run.sh"]\n',
    },
    {
      code: 'FROM a\nCMD python app.py\n',
      findings: [{ messageId: 'someShells', at: 'CMD' }],
      output: 'FROM a\nCMD ["python", "app.py"]\n',
    },
    {
      code: 'FROM a\nENTRYPOINT ./run.sh --name "a b" \'c\'\n',
      findings: [{ messageId: 'someShells', at: 'ENTRYPOINT' }],
      output: 'FROM a\nENTRYPOINT ["./run.sh", "--name", "a b", "c"]\n',
    },
    {
      code: 'FROM a\nCMD npm start \\\n  --verbose\n',
      findings: [{ messageId: 'someShells', at: 'CMD' }],
      output: 'FROM a\nCMD ["npm", "start", "--verbose"]\n',
    },
    {
      code: 'FROM a\nCMD gunicorn -b :$PORT app\n',
      findings: [{ messageId: 'someShells', at: 'CMD' }],
      output: 'FROM a\nCMD ["/bin/sh", "-c", "exec gunicorn -b :$PORT app"]\n',
    },
    {
      code: 'FROM a\nENTRYPOINT dockerbeat\nCMD ["-c", "a.yml"]\n',
      findings: [{ messageId: 'entrypoint', at: 'ENTRYPOINT' }],
      output: 'FROM a\nENTRYPOINT ["dockerbeat"]\nCMD ["-c", "a.yml"]\n',
    },
    {
      code: 'FROM a\nCMD cd /app && python app.py\n',
      findings: [{ messageId: 'someShells', at: 'CMD' }],
      output: 'FROM a\nCMD cd /app && exec python app.py\n',
    },
    {
      name: 'several commands, on several lines',
      code: 'FROM debian:12\nCMD ./migrate; \\\n  app --port $PORT > /log\n',
      findings: [{ messageId: 'shellForm', at: 'CMD' }],
      output: 'FROM debian:12\nCMD ./migrate; \\\n  exec app --port $PORT > /log\n',
    },
    // The shell collects the processes that daemons leave behind.
    {
      code: 'FROM debian:12\nCMD service cron start && tail -f /log\n',
      findings: [{ messageId: 'shellForm', at: 'CMD' }],
      output: null,
    },
    // The last command may not run, has the words of a variable in front, is a builtin or a script without `#!`.
    ...['a || b', 'a && A=1 b', 'a && cd /b', 'a && ./run.sh', 'a | b && c', 'b() { :; }; b'].map((command) => ({
      code: `FROM debian:12\nCMD ${command}\n`,
      findings: [{ messageId: 'shellForm' as const, at: 'CMD' }],
      output: null,
    })),
    { code: 'FROM a\nCMD app | tee /log\n', findings: [{ messageId: 'shellForm', at: 'CMD' }], output: null },
    { code: 'FROM a\nCMD A=1 app\n', findings: [{ messageId: 'someShells', at: 'CMD' }], output: null },
    { code: 'FROM a\nCMD app > /log\n', findings: [{ messageId: 'someShells', at: 'CMD' }], output: null },
    {
      code: 'FROM a\nHEALTHCHECK --interval=5s CMD curl -f http://localhost\n',
      findings: [{ messageId: 'check', at: 'HEALTHCHECK', severity: 'hint' }],
      output: 'FROM a\nHEALTHCHECK --interval=5s CMD ["curl", "-f", "http://localhost"]\n',
    },
    {
      name: 'hadolint asks for JSON wherever there is none',
      code: 'FROM a\nHEALTHCHECK CMD curl -f http://localhost || exit 1\nCMD exec app $PORT\n',
      settings: { dialect: 'hadolint' },
      findings: [
        { messageId: 'check', at: 'HEALTHCHECK', severity: 'warning' },
        { messageId: 'handsOver', at: ['CMD', 2], severity: 'warning' },
      ],
      onbuild: false,
    },
    { code: 'FROM a\nCMD nginx & php-fpm\n', findings: [{ messageId: 'shellForm', at: 'CMD' }], output: null },
    {
      code: 'FROM a\nCMD exec app --now\n',
      findings: [{ messageId: 'handsOver', at: 'CMD', severity: 'hint' }],
      output: 'FROM a\nCMD ["app", "--now"]\n',
    },
    { code: 'FROM a\nCMD app \\\n# why\n  --now\n', findings: [{ messageId: 'someShells', at: 'CMD' }], output: null },
  ],
});
