import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const APP = { 'mix.exs': 'defmodule App do\nend\n', 'mix.lock': '%{}\n', 'lib/app.ex': '', 'config/dev.exs': '' };

function halves(dockerfile: string, files: Record<string, string> = APP): readonly [string, string] {
  const [builder = '', final = ''] = planFor(dockerfile, files).after.split('# Final stage');
  return [builder, final];
}

describe('Elixir', () => {
  it('compiles in the full image and runs on the slim one, which has Mix as well', () => {
    const file =
      'FROM elixir:1.15\nWORKDIR /app\nENV MIX_ENV=prod\nRUN apt-get update && apt-get install -y build-essential\nRUN mix local.hex --force && mix local.rebar --force\nCOPY mix.exs mix.lock ./\nRUN mix deps.get --only prod && mix deps.compile\nCOPY . .\nRUN mix compile\nCMD ["mix", "run", "--no-halt"]\n';
    const [builder, final] = halves(file);
    // Not refused for the result of the step.
    expect(guardOf(planFor(file, APP), 'multi-stage')).toBeUndefined();
    expect(builder).toContain('RUN mix compile');
    expect(final).toContain('FROM elixir:1.15-slim\n');
    expect(final).toContain('RUN mix local.hex --force && mix local.rebar --force\n');
    expect(final).toMatch(/COPY (?:--chown=\S+ )?--from=build \/app \/app\n/);
    expect(final).not.toMatch(/deps\.get|mix compile|build-essential|COPY (?:--chown=\S+ )?mix/);
  });

  describe('Mix that starts a program for production', () => {
    const file = (start: string, image = 'elixir:1.16') =>
      `FROM ${image}\nWORKDIR /app\nENV MIX_ENV=prod\nRUN mix local.hex --force\nCOPY . .\nRUN mix deps.get\nRUN mix compile\nEXPOSE 4000\n# The server\nCMD ${start}\n`;
    const FILES = {
      'mix.exs': 'def project, do: [app: :hello]\ndef application, do: [mod: {Hello, []}]\n',
      'mix.lock': '%{}\n',
      'lib/hello.ex': '',
      'lib/mix/tasks/seed.ex': 'Mix.shell()',
      'config/config.exs': 'import Config\n',
      'config/dev.exs': 'System.get_env("A")\n',
      'config/runtime.exs': 'if System.get_env("PHX_SERVER"), do: 1\n',
    };

    it.each([
      ['["mix", "phx.server"]', 'elixir:1.16-slim', 'ENV PHX_SERVER=true\n'],
      ['mix run --no-halt', 'elixir:1.16-slim', ''],
      ['mix phx.server', 'elixir:1.16-alpine', 'ENV PHX_SERVER=true\n'],
    ])('becomes a release: %s on %s', (start, image, setting) => {
      const [builder, final] = halves(file(start, image.replace('-slim', '')), FILES);
      expect(builder).toContain('RUN mix compile\nRUN mix release\n');
      expect(final).toContain(`FROM ${image}\n`);
      expect(final).toContain('--from=build /app/_build/prod/rel/hello /app/_build/prod/rel/hello\n');
      expect(final).toContain(`EXPOSE 4000\n${setting}`);
      expect(final).toContain('# The server\nCMD ["/app/_build/prod/rel/hello/bin/hello", "start"]\n');
      expect(final).not.toContain('RUN mix');
    });

    it.each([
      ['settings that are read in the build', { 'config/prod.exs': 'System.get_env("SECRET")\n' }],
      ['Mix in the program', { 'lib/env.ex': 'if Mix.env() == :prod, do: 1\n' }],
      ['a file next to the sources', { 'lib/a.ex': 'File.read!("data.json")\n' }],
      ['a file of the project', { 'lib/a.ex': 'path = "priv/data.json"\n' }],
      ['releases of its own', { 'mix.exs': 'app: :hello, mod: 1, releases: [a: []]\n' }],
      ['no module that starts', { 'mix.exs': 'app: :hello\n' }],
      ['a server that nothing starts', { 'config/runtime.exs': '' }],
    ])('stays because of %s', (_, more) => {
      const { after } = planFor(file('["mix", "phx.server"]'), { ...FILES, ...more });
      expect(after).toContain('CMD ["mix", "phx.server"]\n');
      expect(after).not.toContain('mix release');
    });

    it.each([
      ['development', file('mix phx.server').replace('ENV MIX_ENV=prod\n', '')],
      ['an old Mix', file('mix phx.server', 'elixir:1.8')],
      ['two commands', file('mix ecto.migrate && mix phx.server')],
      ['a task in a RUN', file('mix phx.server').replace('RUN mix compile', 'RUN mix compile\nRUN mix ecto.setup')],
    ])('stays for %s', (_, dockerfile) => {
      expect(planFor(dockerfile, FILES).after).not.toContain('mix release');
    });
  });

  it('sees what `yes` answers', () => {
    const [builder, final] = halves(
      'FROM elixir:1.15\nWORKDIR /app\nENV MIX_ENV=prod\nRUN yes | mix local.hex\nCOPY . .\nRUN mix deps.get && mix release\nCMD ["_build/prod/rel/app/bin/app", "start"]\n',
    );
    expect(builder).toContain('RUN yes | mix local.hex\n');
    expect(final).toContain('FROM elixir:1.15-slim\n');
  });

  it('leaves Node.js to the build of a release, unless it renders pages', () => {
    const file =
      'FROM elixir:1.16\nRUN apt-get update && apt-get install -y imagemagick nodejs npm\nRUN mix local.hex --force\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY . .\nRUN mix deps.get && mix assets.deploy && mix release\nCMD ["_build/prod/rel/app/bin/app", "start"]\n';
    expect(halves(file)[1]).toMatch(/apt-get install -y imagemagick /);
    expect(halves(file, { ...APP, 'lib/page.ex': 'System.cmd("node", ["render.js"])' })[1]).toContain('nodejs');
    expect(guardOf(planFor(file, APP), 'multi-stage')).toBeUndefined();
  });

  it('takes nothing but the release where one is started', () => {
    const [, final] = halves(
      'FROM elixir:1.16-otp-26\nWORKDIR /app\nENV MIX_ENV=prod\nRUN mix do local.hex --force, local.rebar --force\nCOPY . .\nRUN mix deps.get && mix release\nCMD ["_build/prod/rel/app/bin/app", "start"]\n',
    );
    expect(final).toContain('FROM elixir:1.16-otp-26-slim\n');
    expect(final).toMatch(
      /COPY (?:--chown=\S+ )?--from=build \/app\/_build\/prod\/rel\/app \/app\/_build\/prod\/rel\/app\n/,
    );
    expect(final).not.toMatch(/mix /);
  });

  it('gives the release to the user: it writes its settings and logs there', () => {
    const [, final] = halves(
      'FROM elixir:1.15\nWORKDIR /app\nENV MIX_ENV=prod\nRUN mix local.hex --force\nCOPY . .\nRUN mix deps.get && mix release\nCMD ["_build/prod/rel/app/bin/app", "start"]\n',
    );
    expect(final).toContain('COPY --chown=app:app --from=build /app/_build/prod/rel/app /app/_build/prod/rel/app\n');
    const { after } = planFor(
      'FROM elixir:1.15 AS build\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY . .\nRUN mix do deps.get, release\nFROM debian:bookworm-slim\nWORKDIR /app\nCOPY --from=build /app/_build/prod/rel/app ./\nCMD ["bin/app", "start"]\n',
      APP,
    );
    expect(after).toContain('COPY --chown=app:app --from=build /app/_build/prod/rel/app ./\n');
  });

  it('has git where Mix looks at dependencies out of repositories', () => {
    const [, final] = halves(
      'FROM elixir:1.15\nWORKDIR /app\nCOPY . .\nRUN mix local.hex --force\nRUN mix deps.get\nCMD ["mix", "phx.server"]\n',
      { ...APP, 'mix.lock': '%{"x": {:git, "https://example.com/x.git", "1", []}}\n' },
    );
    expect(final).toMatch(/--no-install-recommends (?:ca-certificates )?git /);
    // Without a lock file, mix.exs names them; on Alpine nothing is left to remove then.
    const unlocked = planFor(
      'FROM elixir:1.16-alpine\nRUN apk add --no-cache git\nWORKDIR /app\nCOPY server .\nRUN mix local.hex --force && mix deps.get\nCMD ["mix", "start"]\n',
      { 'server/mix.exs': 'defp deps do\n  [{:grpc, github: "elixir-grpc/grpc"}]\nend\n', 'server/lib/a.ex': '' },
    );
    expect(guardOf(unlocked, 'multi-stage')).toBe('the image contains nothing that only the build needs');
  });

  it.each([
    ['the root folder', '', {}, 'the program is in `/`, next to system files: give it its own WORKDIR'],
    [
      'Hex out of a prompt',
      'WORKDIR /app\n',
      {},
      'Mix looks for Hex each time it starts: install it with `mix local.hex --force`',
    ],
    [
      'pages that are made while it runs',
      'WORKDIR /app\nRUN cd assets && npm install\n',
      { 'config/dev.exs': 'watchers: [node: ["build.js"]]' },
      'Node.js builds the assets while the program runs: set MIX_ENV=prod to leave Node.js out',
    ],
  ])('leaves %s alone', (_, before, files, guard) => {
    const plan = planFor(`FROM elixir:1.15\n${before}COPY . .\nRUN mix deps.get\nCMD ["mix", "phx.server"]\n`, {
      ...APP,
      ...files,
    });
    expect(guardOf(plan, 'multi-stage')).toBe(guard);
  });

  it('sees that only tools are installed', () => {
    const plan = planFor(
      'FROM elixir:1.15\nRUN mix local.hex --force && apt-get update && curl -sL https://deb.nodesource.com/setup_20.x | bash && apt-get install -y nodejs\nCOPY entrypoint.sh /entrypoint.sh\nWORKDIR /app\nCMD ["/entrypoint.sh"]\n',
      { 'entrypoint.sh': '#!/bin/sh\nexec mix phx.server\n' },
    );
    expect(guardOf(plan, 'multi-stage')).toBe('no RUN compiles a program with Mix');
    const compiled = planFor(
      'FROM elixir:1.17-alpine AS build\nWORKDIR /app\nCOPY . .\nRUN mix deps.get && mix compile\nFROM elixir:1.17-alpine\nWORKDIR /app\nCOPY --from=build /app .\nRUN mix local.hex --force\nCMD ["mix", "phx.server"]\n',
      APP,
    );
    expect(guardOf(compiled, 'multi-stage')).toBeUndefined();
  });
});
