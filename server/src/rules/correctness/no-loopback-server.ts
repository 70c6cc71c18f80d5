import { servicesOf } from '../../app/servicesOf';
import { contextOfBuild } from '../../app/site';
import { scriptCall } from '../../app/start/scriptCall';
import { startInstructions } from '../../app/start/startInstructions';
import { startCommand } from '../../app/start/startWords';
import { LOOPBACK, type ServerCall, type ServerHost, serverCall } from '../../commands/serverHosts';
import { baseImage, inheritedInstructions } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule } from '../../engine/rule';
import { baseName } from '../../text/paths';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'no-loopback-server',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      loopback: '`{server}` listens on {address}, which only this container can reach',
      add: 'Add `{option}`',
      change: 'Write `{word}`',
      script: 'Add `{option}` to the script `{script}` in package.json',
    },
    docs: {
      description: 'Let a server listen on all addresses of its container',
      rationale:
        'Each container has a loopback address of its own. A published port, a health check of an orchestrator and other containers reach only a server that listens on `0.0.0.0`. Many development servers listen on 127.0.0.1 by default, so the container starts, and every connection is refused.\n\nThe rule reports nothing when Compose replaces the command, or when a variable or a configuration file may set the address.',
      fixSafety: { unsafe: 'the server accepts connections from outside the container.' },
      bad: [
        'FROM python:3.14-slim\nCMD ["uvicorn", "main:app", "--port", "8000"]\n',
        'FROM python:3.14-slim\nCMD ["python", "manage.py", "runserver"]\n',
        'FROM python:3.14-slim\nCMD ["gunicorn", "-b", "127.0.0.1:8000", "app:app"]\n',
      ],
      good: [
        'FROM python:3.14-slim\nCMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]\n',
        'FROM python:3.14-slim\nENV FLASK_RUN_HOST=0.0.0.0\nCMD ["flask", "run"]\n',
      ],
      references: ['https://docs.docker.com/engine/network/port-publishing/'],
    },
  },
  create: (all) => ({
    stage(stage) {
      const { dockerfile, report } = all;
      const words = stage.isFinal ? startCommand(stage) : undefined;
      if (!words || words.some(({ isStatic, value }) => !isStatic || value.includes('$'))) return;
      const context = all.buildContext && contextOfBuild(all.buildContext);
      const start = startOf(words, context);
      if (!start || servicesOf(stage, all.settings.services).some(({ starts }) => starts.length > 0)) return;
      const { call, values, script } = start;
      const address = addressIn(values.slice(call.at), call, stage, context);
      if (address === undefined) return;
      const written = script ? undefined : words.find(({ value }) => value === address.word);
      const data = { server: call.name, address: address.value };
      const option = call.host.add?.join(' ') ?? '';
      if (script)
        report(script.span, 'loopback', {
          data,
          fix: { title: 'script', data: { option, script: script.value }, safety: 'manual' },
        });
      else if (written) {
        const word = /^\d+$/.test(written.value)
          ? `0.0.0.0:${written.value}`
          : written.value.replace(address.value, '0.0.0.0');
        const newText = dockerfile.text.slice(written.span.start, written.span.end).replace(written.value, word);
        report(written.span, 'loopback', {
          data,
          fix: { title: 'change', data: { word }, safety: 'unsafe', edits: [{ span: written.span, newText }] },
        });
      } else {
        const end = words.at(-1)?.span.end ?? 0;
        const isExec = startInstructions(stage).at(-1)?.form === 'exec';
        const newText = (call.host.add ?? []).map((word) => (isExec ? `, "${word}"` : ` ${word}`)).join('');
        report(words[call.at]?.span ?? stage.from.span, 'loopback', {
          data,
          fix: { title: 'add', data: { option }, safety: 'unsafe', edits: [{ span: { start: end, end }, newText }] },
        });
      }
    },
  }),
});

interface Start {
  readonly call: ServerCall;
  /** The words of the command: of CMD, or of the script in package.json. */
  readonly values: readonly string[];
  /** The word that names the script. */
  readonly script?: Word;
}

/** The server that CMD starts, or that the script starts which CMD names: `npm run dev`. */
function startOf(words: readonly Word[], context: BuildContext | undefined): Start | undefined {
  const values = words.map(({ value }) => value);
  const own = serverCall(values);
  if (own) return { call: own, values };
  const found = scriptCall(words, context);
  const call = found && serverCall(found.values);
  return found && call && { call, ...found };
}

/** The loopback address that the server listens on, and the word that holds it; undefined for others. */
function addressIn(
  words: readonly string[],
  { name, host }: ServerCall,
  stage: Stage,
  context: BuildContext | undefined,
): { value: string; word?: string } | undefined {
  const given = name.startsWith('manage.py') ? djangoAddress(words) : givenAddress(words, host);
  if (given) {
    const [value] = LOOPBACK.exec(given.address) ?? [];
    return value === undefined ? undefined : { value, word: given.word };
  }
  if (!host.add || words.some((word) => host.others?.some((one) => word === one || word.startsWith(`${one}=`))))
    return undefined;
  const isSet = inheritedInstructions(stage).some(({ keyword, pairs }) =>
    keyword === 'ENV' ? pairs.some((pair) => host.variables?.includes(pair.name)) : false,
  );
  // The image jekyll/jekyll adds the option itself.
  if (isSet || mayBeConfigured(host, context) || /jekyll/.test(baseImage(stage)?.name ?? '')) return undefined;
  return { value: '127.0.0.1' };
}

function givenAddress(
  words: readonly string[],
  { options }: ServerHost,
): { address: string; word: string } | undefined {
  for (const [index, word] of words.entries()) {
    const next = words[index + 1] ?? '';
    if (options.includes(word)) return { address: next, word: next };
    const option = options.find((one) => word.startsWith(`${one}=`));
    if (option !== undefined) return { address: word.slice(option.length + 1), word };
  }
  return undefined;
}

/** `runserver 127.0.0.1:8000`; `runserver 8000` listens on the loopback address. */
function djangoAddress(words: readonly string[]): { address: string; word: string } | undefined {
  const word = words.slice(2).find((one) => /^(?:[\w.[\]:]+:)?\d+$/.test(one) || one.startsWith('['));
  return word === undefined ? undefined : { address: /^\d+$/.test(word) ? '127.0.0.1' : word, word };
}

/** True where a configuration file sets the address, or may set it because it is unknown. */
function mayBeConfigured({ files }: ServerHost, context: BuildContext | undefined): boolean {
  if (!files) return false;
  if (!context?.isComplete) return true;
  return [...context.files.keys()]
    .filter((path) => files.test(baseName(path)))
    .some((path) => /\bhost\b|dev_addr/.test(context.read(path) ?? 'host'));
}
