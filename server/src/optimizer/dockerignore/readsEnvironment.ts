import { readSources } from '../../app/sources';
import type { DockerfileModel } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { anyOf } from '../../text/pattern';

/** `'.env'`, `"./.env.local"`, `source .env`; not `process.env` and `import.meta.env`. */
const NAMED = /(?:^|["'`\s/=(])\.env\b/m;
/**
 * Libraries that read it when the program starts, and do nothing where it is missing: the README of each (2026-12).
 */
const OPTIONAL =
  /\b(?:load_dotenv|dotenv_values|dotenv|environs|django-environ|decouple|pydantic[._-]settings|env_file)\b/;
/**
 * Libraries and tools that read it. Quarkus: https://quarkus.io/guides/config-reference, Prisma:
 * https://www.prisma.io/docs/orm/more/development-environment/environment-variables, fastify-cli: its README (2026-11).
 */
const LIBRARIES = anyOf(
  /env-file|godotenv|dotenvy|joho\/|io\.quarkus/,
  /"(?:next|nuxt|vite|astro|gatsby|react-scripts|@vue\/cli-service|@sveltejs\/kit|@angular\/cli|@nestjs\/config)"/,
  /"(?:@adonisjs\/core|@prisma\/client|@strapi\/strapi|directus|fastify-cli|prisma)"/,
  /"(?:laravel\/framework|symfony\/[\w-]+)"/,
);
/**
 * Tools that load a `.env` file by themselves: https://pipenv.pypa.io/en/latest/shell.html,
 * https://bun.sh/docs/runtime/environment-variables, https://docs.deno.com/runtime/reference/cli/run (2026-11).
 */
const STARTERS =
  /\bdeno\b.{0,80}--env\b|\b(?:pipenv|foreman|honcho|overmind|hivemind|bun)["',]*\s+["']?(?:run|start|--(?:hot|watch)|[\w./-]+\.[jt]sx?)\b/;
const MANIFESTS = anyOf(
  /(?:^|\/)(?:Cargo\.toml|Gemfile|Pipfile|build\.gradle(?:\.kts)?|composer\.json|go\.mod|mix\.exs|package\.json)$/,
  /(?:^|\/)(?:pom\.xml|pyproject\.toml|requirements[^/]*\.txt|application[^/]*\.(?:properties|ya?ml))$/,
);

/**
 * True if the program or its build may read a `.env` file from its own directory. `isNew`: no image has the file today,
 * so a program that also starts without it counts as one that does not read it.
 */
export function readsEnvironment({ text }: DockerfileModel, context: BuildContext, isNew: boolean): boolean {
  const sources = readSources(context, context.files.keys());
  if (!sources || NAMED.test(text) || STARTERS.test(text)) return true;
  const manifests = [...context.files.keys()].filter((path) => MANIFESTS.test(path) && !path.includes('node_modules/'));
  return [
    ...sources.map((source) => source.text),
    ...manifests.slice(0, 200).map((path) => context.read(path) ?? ''),
  ].some((one) => LIBRARIES.test(one) || STARTERS.test(one) || (OPTIONAL.test(one) ? !isNew : NAMED.test(one)));
}
