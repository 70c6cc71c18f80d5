import { cpus } from 'node:os';

/** docs/performance.md for the rows of one run. */
export function performancePage(rows) {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const day = new Date().toISOString().slice(0, 10);
  return `<!-- Written by npm run bench -- --table; do not edit -->

# Performance

One run of \`npm run bench -- --table\` on ${day}: Node.js ${process.versions.node}, ${cpus().length} × ${cpus()[0].model.trim()}. Compare figures of one run with each other; milliseconds of another machine are others. ✗ is a goal that this run missed.

${groups
  .map((group) =>
    section(
      group,
      rows.filter((row) => row.group === group),
    ),
  )
  .join('\n\n')}

## How it is measured

- **Goals in time** are multiples of what the same run measures of something else, because they were set in milliseconds on one machine. There, the peer took 5.3 ms from a key to its diagnostics at 300 lines and 36.5 ms at 2,000, and 178 ms and 255 ms from its start to them; its checks of the folder took 1.51 s, a bare parse of 2,000 lines 15.6 ms, and the smallest extension 336 ms. The goals were 12 ms and 33 ms from a key (p95), 300 ms from the start, 3 s for the folder, 5 ms, 50 ms and 2 s for findings and plans, 500 ms for the activation.
- **Engine**: all recommended rules, in one process, median of 21 runs after three that do not count; what is compared takes turns.
- **Language server**: a process of its own over standard input and output; 200 keys typed into the middle of the file, each waited for. The server has run once before, so its compiled code is kept, as with every start but the first of an installation. Memory is what the process holds after the first diagnostics.
- **Activation in VS Code**: from the moment that the extension host knows the first Dockerfile of the session, while the window draws its editor, to what an extension sees of the findings. A browser, VS Code and the server share this machine. What VS Code itself takes, before it activates any extension and before it tells of diagnostics, stands beside it.
- **A folder of Dockerfiles**: a process for each program over the same 1,000 files of 35 to 101 lines, made by \`bench/dockerfiles.mjs\`.
- **Beside other linters**: a process for each program over the same real Dockerfiles, which lie beside the project where its developers have them, else those of its own apps. hadolint runs with its part of ShellCheck, tally with its slow checks off, ours with all recommended rules and without ShellCheck.

## Why two others need less time over a folder

They do less. The checks of the language server are fewer than ours, read no shell script and print nothing; the bare parser checks nothing. The rows of ours with the same checks, and with none, are there to compare: without rules our lint still finds the files and their configurations, and reads Dockerfiles and every shell script.

What the time goes to is taken from samples of one process (\`node --cpu-prof\`) by the source of what runs: *start* is Node.js and the loading of modules; *files and configurations* finding and reading them, and what lies beside a Dockerfile; *Dockerfiles* and *shell scripts* reading those; *rules* the walk over a file, the rules and their messages.

A lint of more than one file runs without V8's optimizing compiler: for a run of seconds, that compiler takes more processor time than it saves. From 200 files on, it runs in up to four threads; with a baseline, one thread does all the work.
`;
}

function section(group, rows) {
  const lines = rows.map(
    ({ what, figure, goal, holds }) => `| ${what} | ${figure} | ${goal === '' ? '' : `${holds ? '✓' : '✗'} ${goal}`} |`,
  );
  return `## ${group}\n\n| | Figure | Goal |\n| --- | --- | --- |\n${lines.join('\n')}`;
}
