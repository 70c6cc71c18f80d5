import { lineage } from '../dockerfile/lineage';
import type { Stage } from '../dockerfile/model';
import { writtenCommand } from '../dockerfile/writtenCommand';
import { anyOf } from '../text/pattern';

/** Commands that need a compiler or build tool. */
const TOOLS = anyOf(
  /(?:^|\s|\/)(?:go (?:test|vet|generate|fmt)|cargo (?:test|bench|clippy|fmt|audit|nextest))(?:\s|$)/,
  // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
  /(?:^|\s|\/)(?:(?:mvnw?|mvn) (?:(?!\S*:run)\S+ )*(?:verify|test|package|install|deploy|site|checkstyle\S*))(?:\s|$)/,
  /(?:^|\s|\/)(?:gradlew? (?:test|check|build)|dotnet (?:test|format)|golangci-lint|gofmt|staticcheck)(?:\s|$)/,
  /(?:^|\s|\/)(?:govulncheck|cargo-\w+|rustfmt|ctest|swift test|sbt test|mix test)(?:\s|$)/,
  // Live reload and debuggers of Go.
  /(?:^|\s|\/)(?:air|CompileDaemon|dlv|gow|reflex|wgo)(?:\s|$)/,
);

/** These compile and start the program each time: it could be built in advance, but the tool is what runs. */
const RUNS = anyOf(
  /(?:^|\s|\/)(?:(?:mvnw?|mvn) (?:\S+ ){0,9}\S*:(?:run|dev)(?:-\w+)?|gradlew? (?:\S+ ){0,9}\S*[rR]un)(?:\s|$)/,
  /(?:^|\s|\/)(?:make|cmake|go run|cargo (?:r|run|watch)|dotnet (?:run|watch)|sbt (?:\S+ ){0,9}\S*run|swift run|mix phx\.server)(?:\s|$)/,
);

/** True where the container runs the tools of its SDK: tests, linters, builds of mounted sources. */
export function startsSdkTool(stage: Stage): boolean {
  return TOOLS.test(startOf(stage));
}

/** True where a tool of the SDK starts the program from its sources. */
export function runsWithSdkTool(stage: Stage): boolean {
  return RUNS.test(startOf(stage));
}

function startOf(stage: Stage): string {
  const instructions = lineage(stage).flatMap((one) => one.instructions);
  const words = ['ENTRYPOINT', 'CMD'].flatMap((keyword) => {
    const node = instructions.findLast((one) => one.keyword === keyword);
    return node ? [writtenCommand(node)] : [];
  });
  return words.join(' ');
}
