import { type FakeEngine, fakeEngine } from './fakeEngine';

const ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch;

/** Shell text: `$here` is the folder of the program, `image` prints the text of the image among the arguments. */
const PRELUDE = `here=$(dirname "$0")
image() { for a in "$@"; do f="$here/$(echo "$a" | tr '/:' '__').image"; [ -f "$f" ] && cat "$f" && return; done; }
`;

/**
 * A program that acts like Docker and also runs images. `program` is shell text for what an image does: it reads the
 * text of its Dockerfile from standard input. An image from a slim base is smaller.
 */
export function fakeRunningEngine(program: string, commands: Readonly<Record<string, string>> = {}): FakeEngine {
  const info = `[{"Size":%s,"Os":"linux","Architecture":"${ARCHITECTURE}","RootFS":{"Layers":["a","b"]},"Config":{"User":""}}]`;
  const all = {
    build: 'cp "$3" "$here/$(echo "$5" | tr "/:" "__").image"; echo building >&2',
    image: `case "$(image "$@")" in *slim*) size=150000000;; *) size=1000000000;; esac; printf '${info}' $size`,
    // Only containers that stay run: there is no shell in the image.
    run: `[ "$2" = --detach ] || exit 127
image "$@" | (${program}) >"$here/$4.out" 2>"$here/$4.err"; echo $? >"$here/$4.code"`,
    inspect: `printf '{"Running":false,"ExitCode":%s}' "$(cat "$here/$4.code")"`,
    logs: 'cat "$here/$4.out"; cat "$here/$4.err" >&2',
    ...commands,
  };
  return fakeEngine('docker', Object.fromEntries(Object.entries(all).map(([name, text]) => [name, PRELUDE + text])));
}
