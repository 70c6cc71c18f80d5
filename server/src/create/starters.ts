import type { Starter } from './starter';
import { autotools } from './starters/autotools';
import { cmake } from './starters/cmake';
import { dotnet } from './starters/dotnet';
import { elixir } from './starters/elixir';
import { go } from './starters/go';
import { java } from './starters/java';
import { make } from './starters/make';
import { meson } from './starters/meson';
import { node } from './starters/node';
import { php } from './starters/php';
import { python } from './starters/python';
import { ruby } from './starters/ruby';
import { rust } from './starters/rust';
import { sites } from './starters/sites';
import { staticSite } from './starters/staticSite';

export const starters: readonly Starter[] = [
  autotools,
  cmake,
  dotnet,
  elixir,
  go,
  java,
  make,
  meson,
  node,
  php,
  python,
  ruby,
  rust,
  sites,
  staticSite,
];
