import { phrase } from '../../l10n/phrase';
import { exposed } from '../listening';
import { line, type Starter, sources, start } from '../starter';
import { newestRelease } from '../versions';

/** A release of Mix: https://hexdocs.pm/phoenix/releases.html (2026-11). */
export const elixir: Starter = (folder) => {
  const { context } = folder;
  const project = context.read('mix.exs');
  if (project === undefined) return [];
  const name = /\bapp:[ \t]{0,9}:(\w{1,100})/.exec(project)?.[1];
  if (name === undefined || /\bapps_path:|\breleases:/.test(project))
    return [{ name: 'elixir', why: phrase('mix.exs has several applications, or releases of its own') }];
  if (!/\bmod:/.test(project))
    return [{ name: 'elixir', why: phrase('mix.exs names no module that starts: it is a library') }];
  const wanted = /\belixir:[ \t]{0,9}"([^"\n]{1,50})"/.exec(project)?.[1] ?? '';
  const release = newestRelease(folder, 'elixir', wanted);
  if (release === undefined)
    return [{ name: 'elixir', why: phrase('no known Elixir image satisfies {file}', { file: 'mix.exs' }) }];
  const isPhoenix = /\{:phoenix,/.test(project);
  return [
    {
      name: 'elixir',
      title: `${isPhoenix ? 'Phoenix' : 'Mix'}, Elixir ${release}`,
      lines: [
        line(`FROM elixir:${release}`, phrase('The newest Elixir that {file} allows', { file: 'mix.exs' })),
        line('ENV MIX_ENV=prod', phrase('Everything is compiled for production')),
        ...sources('/app'),
        line('RUN mix local.hex --force && mix local.rebar --force', phrase('Mix downloads and compiles with these')),
        line('RUN mix deps.get --only prod', phrase('The dependencies of mix.exs, without those for development')),
        ...(project.includes('"assets.deploy"')
          ? [line('RUN mix assets.deploy', phrase('The `{name}` task of mix.exs', { name: 'assets.deploy' }))]
          : []),
        line('RUN mix release', phrase('The program with Erlang and all libraries')),
        ...(isPhoenix
          ? [line('ENV PHX_SERVER=true', phrase('The release then also starts the web server')), exposed('4000')]
          : []),
        start([`/app/_build/prod/rel/${name}/bin/${name}`, 'start'], phrase('The program that the build creates')),
      ],
    },
  ];
};
