import type { Site } from '../../app/site';
import type { Guard } from '../transform';
import type { Split } from './compose';
import { splitDotnet } from './dotnet';
import { splitElixir } from './elixir';
import { splitGo } from './go';
import { splitJava } from './java';
import { splitNative } from './native';
import { splitNode } from './node';
import { splitPhp } from './php';
import { splitPython } from './python';
import { splitRuby } from './ruby';
import { splitRust } from './rust';

/** One for each language; undefined if the stage does not use that language. */
export const splitters: readonly ((site: Site) => Split | Guard | undefined)[] = [
  splitGo,
  splitJava,
  splitRust,
  splitDotnet,
  splitNative,
  splitPhp,
  splitRuby,
  splitElixir,
  splitNode,
  splitPython,
];
