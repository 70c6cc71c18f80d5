import { lineage } from '../dockerfile/lineage';
import type { Stage } from '../dockerfile/model';
import { anyOf } from '../text/pattern';

/**
 * Commands that need a compiler or build tool. `go run` and the like are not among them: they start a program that
 * should be built in advance.
 */
const TOOLS = anyOf(
  /(?:^|\s|\/)(?:go (?:test|vet|generate|fmt)|cargo (?:test|bench|clippy|fmt|audit|nextest))(?:\s|$)/,
  // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
  /(?:^|\s|\/)(?:(?:mvnw?|mvn) (?:(?!\S*:run)\S+ )*(?:verify|test|package|install|deploy|site|checkstyle\S*))(?:\s|$)/,
  /(?:^|\s|\/)(?:gradlew? (?:test|check|build)|dotnet (?:test|format)|golangci-lint|gofmt|staticcheck)(?:\s|$)/,
  /(?:^|\s|\/)(?:govulncheck|cargo-\w+|rustfmt|ctest|swift test|sbt test|mix test)(?:\s|$)/,
);

/** True where the container runs the tools of its SDK: tests, linters, builds of mounted sources. */
export function startsSdkTool(stage: Stage): boolean {
  const instructions = lineage(stage).flatMap((one) => one.instructions);
  const words = ['ENTRYPOINT', 'CMD'].flatMap((keyword) => {
    const node = instructions.findLast((one) => one.keyword === keyword);
    return node ? [node.form === 'exec' ? node.args.map(({ value }) => value).join(' ') : node.bodyText] : [];
  });
  return TOOLS.test(words.join(' '));
}
