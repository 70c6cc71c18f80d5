import type { Scalar } from 'yaml';
import { type Replaced, replaceEscapes } from '../../text/mappedText';
import { HOLE } from './inlineDockerfile';
import { mapScalar } from './yamlScalar';

/** `$$`, `$NAME` and `${NAME:-default}`: https://docs.docker.com/reference/compose-file/interpolation/ (2026-11) */
const INTERPOLATION = /\$(?:(\$)|[a-z_][a-z0-9_]*|\{)/iy;

/** The text of a scalar of a Compose file as Compose hands it on; undefined where Compose would reject it. */
export function mapComposeText(source: string, node: Scalar): Replaced | undefined {
  const mapped = mapScalar(source, node);
  return (
    mapped &&
    replaceEscapes(
      mapped,
      /\$/g,
      HOLE,
      (text, at) => {
        INTERPOLATION.lastIndex = at;
        const [written, dollar] = INTERPOLATION.exec(text) ?? [];
        if (written === undefined) return 'broken';
        if (dollar !== undefined) return { length: 2, text: '$' };
        if (!written.endsWith('{')) return { length: written.length };
        const length = bracedLength(text, at);
        return length === undefined ? 'broken' : { length };
      },
      (part) => part.replaceAll('$', '$$$$'),
    )
  );
}

function bracedLength(text: string, at: number): number | undefined {
  let depth = 0;
  for (let index = at; index < text.length && text[index] !== '\n'; index++) {
    if (text[index] === '{') depth++;
    else if (text[index] === '}' && --depth === 0) return index + 1 - at;
  }
  return undefined;
}
