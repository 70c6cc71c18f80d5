import type { DockerfileLanguageService } from 'dockerfile-language-service';
import type { SemanticTokens } from 'vscode-languageserver';
import type { Analysis } from '../analyses';

/** Leaves out tokens in scripts and heredocs: the grammar knows their languages. */
export function semanticTokens(
  service: DockerfileLanguageService,
  { text, dockerfile, lines }: Analysis,
): SemanticTokens {
  const { data } = service.computeSemanticTokens(text);
  const foreign = dockerfile.stages.flatMap(({ instructions }) =>
    instructions.flatMap((node) => [
      ...(node.keyword === 'RUN' || node.script ? [node.body] : []),
      ...node.heredocs.map(({ content }) => content),
    ]),
  );
  const kept: number[] = [];
  let [line, character] = [0, 0];
  let [lastLine, lastCharacter] = [0, 0];
  for (let index = 0; index + 4 < data.length; index += 5) {
    const [lines_ = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.slice(index, index + 5);
    character = lines_ === 0 ? character + characters : characters;
    line += lines_;
    const start = lines.offsetAt({ line, character });
    if (foreign.some((span) => span.start <= start && start < span.end)) continue;
    kept.push(line - lastLine, line === lastLine ? character - lastCharacter : character, length, type, modifiers);
    [lastLine, lastCharacter] = [line, character];
  }
  return { data: kept };
}
