import type { BuildContext } from '../../engine/buildContext';

/** The Ruby that a project asks for: `3.3`, `~> 3.3.0`. */
export function wantedRuby({ read }: BuildContext): string | undefined {
  const gemfile = read('Gemfile') ?? '';
  return (
    /^(?:ruby-)?(\d+\.\d+)/m.exec(read('.ruby-version') ?? '')?.[1] ??
    /^ruby[ \t(]+["']([^"'\n]+)/m.exec(gemfile)?.[1] ??
    /^RUBY VERSION\r?\n[ \t]+ruby (\d+\.\d+)/m.exec(read('Gemfile.lock') ?? gemfile)?.[1]
  );
}
