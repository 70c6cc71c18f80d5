import type { Instruction } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { anyOf } from '../text/pattern';
import { copiedBy } from './copiedFiles';
import type { RunSite } from './runSite';
import { startOf } from './start/startTexts';

const SHELL_OR_ENVIRONMENT = /^(?:(?:ba|da)?sh -l?c )?["']?(?:(?:poetry|pipenv|uv|bundle|pdm) (?:run|exec) )?/;
const RUNS_SOURCES = anyOf(
  /^(?:npm|yarn|pnpm|rails|rake|mix|php|python[\d.]*|flask|django-admin|uvicorn|gunicorn|nodemon)\b/,
  /^(?:go run|mvn|gradle|\.\/mvnw|\.\/gradlew|dotnet run|dotnet watch|cargo r(?:un)?|air|bun|deno)\b/,
);
/** Files that only list dependencies. */
const LISTS_DEPENDENCIES = anyOf(
  /(?:^|\/)(?:package(?:-lock)?|deno|composer)\.(?:json|lock)$|(?:^|\/)(?:mix\.(?:exs|lock)|go\.(?:mod|sum)|bun\.lockb?)$/,
  /(?:^|\/)(?:Gemfile(?:\.lock)?|Cargo\.(?:toml|lock)|pom\.xml|yarn\.lock|pnpm-lock\.yaml|requirements[^/]*\.txt)$/,
  /(?:^|\/)(?:pyproject\.toml|(?:poetry|uv|pdm|deno)\.lock|Pipfile(?:\.lock)?|[^/]*\.(?:csproj|sln))$/,
);

/** A development image: what it starts is not in a layer but mounted. */
export function startsMountedSources(site: RunSite): boolean {
  if (!site.context || site.workdir === '/') return false;
  const { texts } = startOf(site);
  const runsSources = texts.some(({ text }) => RUNS_SOURCES.test(text.replace(SHELL_OR_ENVIRONMENT, '')));
  const brings = site.instructions.some(
    (node) =>
      ((node.keyword === 'COPY' || node.keyword === 'ADD') && !bringsManifestsOnly(node, site.context)) ||
      (node.script?.commands ?? []).some(({ name }) => /^(?:git|curl|wget|svn|npx|tar|unzip)$/.test(name)),
  );
  return runsSources && !brings;
}

function bringsManifestsOnly(node: Instruction, context: BuildContext | undefined): boolean {
  const copied = context && copiedBy(node, context);
  return copied !== undefined && copied.size > 0 && [...copied.values()].every((path) => LISTS_DEPENDENCIES.test(path));
}
