import { servicesOf } from '../../app/servicesOf';
import { contextOfBuild } from '../../app/site';
import { scriptCall } from '../../app/start/scriptCall';
import { startCommand } from '../../app/start/startWords';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { baseName } from '../../text/paths';
import { anyOf } from '../../text/pattern';

export default defineRule({
  meta: {
    id: 'no-dev-server',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      found: '`{server}` is a server for development',
      wsgi: 'Start a server for production, such as gunicorn or uvicorn',
      php: 'Start a server for production, such as php-fpm or Apache',
      pages: 'Build the pages in a RUN, and serve the files, for example with nginx',
      program: 'Build in a RUN, and start what the build has made',
      reload: 'Remove `{option}`',
    },
    docs: {
      description: 'Start a server for production',
      rationale:
        'Servers for development compile on each request or watch files, show internals in error pages, and are made for one user. Their own documentation warns against production use.\n\nA warning where the Dockerfile also builds for production, so that the build is unused. Files and stages for development, and services with mounted sources, are not reported.',
      fixSafety: { manual: 'the server for production needs settings of its own.' },
      bad: [
        'FROM python:3.14-slim\nCMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]\n',
        'FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npx", "next", "dev"]\n',
      ],
      good: ['FROM python:3.14-slim\nCMD ["gunicorn", "--bind", "0.0.0.0:8000", "site.wsgi"]\n'],
      references: [
        'https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver',
        'https://flask.palletsprojects.com/en/stable/deploying/',
      ],
    },
  },
  create: ({ buildContext, settings, report }) => ({
    stage(stage) {
      const words = stage.isFinal && !settings.isForDevelopment ? startCommand(stage) : undefined;
      if (!words || isForDevelopment(stage)) return;
      const services = servicesOf(stage, settings.services);
      if (services.some(({ starts, mounts }) => starts.length > 0 || mounts.some(({ kind }) => kind === 'bind')))
        return;
      const own = words.map(({ value }) => value);
      const direct = devServer(own);
      const script = direct ? undefined : scriptCall(words, buildContext && contextOfBuild(buildContext));
      const server = direct ?? (script && devServer(script.values));
      const at = script?.script ?? words[0];
      if (!server || !at) return;
      const isBuilt = inheritedInstructions(stage).some(
        ({ keyword, bodyText }) => keyword === 'RUN' && BUILDS.test(bodyText),
      );
      report(at.span, 'found', {
        ...(isBuilt ? { severity: 'warning' as const } : {}),
        data: { server: server.name },
        fix: { title: server.title, data: { option: '--reload' }, safety: 'manual' },
      });
    },
  }),
});

/** A stage whose name or variables say so. */
function isForDevelopment(stage: Stage): boolean {
  return (
    /dev|test|local|debug|watch|hot/.test(stage.name ?? '') ||
    inheritedInstructions(stage).some(
      ({ keyword, pairs }) =>
        keyword === 'ENV' &&
        pairs.some(({ name, value }) => /ENV$|DEBUG/.test(name) && /^(?:dev|local|test|true|1$)/i.test(value ?? '')),
    )
  );
}

const BUILDS = anyOf(
  /\b(?:npm|yarn|pnpm|bun) (?:run )?build(?: |$)/,
  /\b(?:next|vite|ng|nuxt|nuxi|astro|gatsby|nest|react-scripts|vue-cli-service) build\b/,
);

interface DevServer {
  readonly name: string;
  readonly title: 'wsgi' | 'php' | 'pages' | 'program' | 'reload';
}

/** By the words of a command, without the runner before them. */
const SERVERS: readonly (DevServer & { readonly call: RegExp })[] = [
  {
    name: 'manage.py runserver',
    title: 'wsgi',
    call: /^(?:python[\d.]* )?(?:-u )?(?:\.\/|\S{1,80}\/)?manage\.py runserver(?:_plus)?\b/,
  },
  { name: 'flask run', title: 'wsgi', call: /^(?:python[\d.]* -m )?flask (?:--?[\w-]+(?:[ =][\w.:-]+)? ){0,4}run\b/ },
  { name: 'fastapi dev', title: 'wsgi', call: /^fastapi dev\b/ },
  { name: 'artisan serve', title: 'php', call: /^php artisan serve\b/ },
  { name: 'php -S', title: 'php', call: /^php -S / },
  { name: 'ng serve', title: 'pages', call: /^ng (?:serve|s)\b/ },
  { name: 'react-scripts start', title: 'pages', call: /^react-scripts start\b/ },
  { name: 'vue-cli-service serve', title: 'pages', call: /^vue-cli-service serve\b/ },
  { name: 'vite', title: 'pages', call: /^vite(?: dev| serve)?(?: -|$)/ },
  { name: 'webpack serve', title: 'pages', call: /^webpack(?:-dev-server| serve)\b/ },
  { name: 'gatsby develop', title: 'pages', call: /^gatsby develop\b/ },
  { name: 'next dev', title: 'program', call: /^next dev\b/ },
  { name: 'nuxt dev', title: 'program', call: /^nux[ti] dev\b/ },
  { name: 'astro dev', title: 'program', call: /^astro dev\b/ },
  { name: 'nest start --watch', title: 'program', call: /^nest start (?:\S{1,40} ){0,4}--watch\b/ },
  { name: 'nodemon', title: 'program', call: /^nodemon\b/ },
  { name: 'ts-node-dev', title: 'program', call: /^(?:ts-node-dev|tsnd)\b/ },
  { name: 'tsx watch', title: 'program', call: /^tsx watch\b/ },
  { name: 'uvicorn --reload', title: 'reload', call: /^(?:python[\d.]* -m )?uvicorn (?:\S{1,80} ){0,12}--reload\b/ },
];

/** These start the command behind them. */
const RUNNERS =
  /^(?:(?:npx|bunx|exec|tini|dumb-init|--|poetry run|pipenv run|uv run|pdm run|cross-env|\w{1,40}=\S{0,80}) ){0,4}/;

function devServer(words: readonly string[]): DevServer | undefined {
  const [program = '', ...rest] = words;
  const text = [baseName(program), ...rest].join(' ').replace(RUNNERS, '');
  return SERVERS.find(({ call }) => call.test(text));
}
