/**
 * Regular expressions that take quadratic time according to `recheck`, or that it cannot decide, grouped by what limits
 * the text that they meet.
 */
const GROUPS = [
  {
    bound: 'A header of a registry: Node.js reads 16 KB of them at most.',
    patterns: [String.raw`/<([^>]+)>\s*;\s*rel="?next"?/`],
  },
  {
    bound:
      "A line or a section of a project's file of at most 256 KB, with a start that only a line end gives: recheck often comes to no end with them.",
    patterns: [
      String.raw`/^[ \t]*\[(?:target\.[^\]\n]*\.)?dependencies[\].][^[]*=/m`,
      String.raw`/^Project\("[^"\n]*"\)[ \t]*=[ \t]*"[^"\n]*",[ \t]*"([^"\n]+\.\w+proj)"/gm`,
      String.raw`/^["']?([\w.-]+)["']?[ \t]*=[ \t]*\[((?:[^\]"'#]|"[^"\n]*"|'[^'\n]*'|#[^\n]*\n){0,3000})\]/gm`,
      String.raw`/<ProjectReference\b[^<>]*\bInclude\s*=\s*"([^"]+)"/g`,
      String.raw`/(?:add_library\s*\(\s*|lib)([\w-]{1,80})(?=\.(?:so|a)\b|\s)/g`,
    ],
  },
  {
    bound: "A path, or a word of a report or of an engine's answer.",
    patterns: ['/building at STEP "(.+?)": /g', '/:([^:/@]+)(?:@.*)?$/'],
  },
  {
    bound:
      'A line of the file, a word or the lines of one instruction: 65,535 characters at most (dockerfile/limits.ts).',
    patterns: [
      String.raw`/"(?:[^"\\]|\\.)*"/g`,
      String.raw`/("(?:[^"\\]|\\.)*")(?=\s*")/g`,
      String.raw`/(?:^|\s|\/)(?:go (?:test|vet|generate|fmt)|cargo (?:test|bench|clippy|fmt|audit|nextest)|(?:mvnw?|mvn) (?:(?!\S*:run)\S+ )*(?:verify|test|package|install|deploy|site|checkstyle\S*)|gradlew? (?:test|check|build)|dotnet (?:test|format)|golangci-lint|gofmt|staticcheck|govulncheck|cargo-\w+|rustfmt|ctest|swift test|sbt test|mix test)(?:\s|$)/`,
      String.raw`/[ \t](#[^\n]*[\\${'`'}])[ \t]*\r?\n(?=[\s\S]*\S)/`,
      String.raw`/^(?:https?|ftp|git|ssh):\/\/|^git@|\.git(?:#.*)?$/i`,
      '/:([^/@]+)@[^/]+$/',
      String.raw`/-v\s|--volume|--mount[= ][^\n]*docker\.sock|chmod[^&;\n]*docker\.sock/`,
      String.raw`/http\.\S*sslverify[= ](?:false|0|no|off)(?: |$)/i`,
      String.raw`/(?:^|[\s"'=:])(?:\/root(?:\/|[\s"':]|$)|~\/)|\$\{?HOME\b|\bpip3?\s.*--user\b/`,
      String.raw`/(?:^|\/)(?:tests?|pytest|__tests__|spec|docs?|\.github|\.git|\.vscode|\.idea|node_modules|vendor|staticfiles)\/|(?:^|\/)(?:Dockerfile[^/]*|Containerfile|Jenkinsfile[^/]*|\.dockerignore|\.gitignore|\.editorconfig|docker-compose[^/]*|compose\.ya?ml|README[^/]*|LICENSE[^/]*|CHANGELOG[^/]*|[^/]*\.(?:md|rst|lock))$|(?:^|\/)test_[^/]*\.py$|[._](?:test|spec)\.[a-z]+$|(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml)$/i`,
      String.raw`/\b[a-z][a-z+]*:\/\/[\w.-]+:([^\s@/:'"]+)@[\w.-]/gi`,
      String.raw`/\bglpat-[\w-]{20,}/g`,
      String.raw`/\bpypi-AgEIcHlwaS5vcmc[\w-]{50,}/g`,
      String.raw`/\bxox[abposr]-[\dA-Za-z-]{20,}/g`,
      '/(?:^|,)[ugo]*[oa][ugoa]*[+=][rwxXst]*w/',
      String.raw`/\.git(?:[?#].*)?$/`,
      String.raw`/\benv\b.*\b(?:create|update)\b/`,
      String.raw`/^(?:eclipse-temurin|amazoncorretto|ibm-semeru-runtimes|sapmachine|bellsoft\/[\w-]*jdk[\w-]*):.*jdk/`,
      String.raw`/(?<![ \t])[ \t]+(?=\r?$)/gm`,
      String.raw`/[ \t]*(?:\\\r?\n[ \t]*)?&&[ \t]*(?:\\\r?\n[ \t]*)?(?:npm cache clean(?: --force)?|yarn cache clean(?: --all)?|pnpm store prune)(?=[ \t]*(?:$|\\?\r?\n|&&))/g`,
      String.raw`/^\s*RUN\s.*--mount=\S*\bfrom=([^,\s]*)$/i`,
      String.raw`/\bname=|\b(?:for|read|export|local)\b[^\n]*\bname\b|'[^'\n]*\$\{?name\b/`,
    ],
  },
];

/** Pattern → why its text is limited. */
export const BOUNDED = Object.fromEntries(
  GROUPS.flatMap(({ bound, patterns }) => patterns.map((pattern) => [pattern, bound])),
);
