import { SAMPLES } from './samples.mjs';

/** What Optimize Dockerfile makes of each sample, as it does today: the table of docs/optimize.md. */
export function frameworkTable({ createAnalyzer, createPlan, findPrograms, parseDockerfile }) {
  const engine = createAnalyzer();
  const rows = SAMPLES.map(({ name, by, files, dockerfile }) => {
    const plan = (level) =>
      createPlan(engine, dockerfile, { level, buildContext: contextOf({ ...files, dockerfile }) });
    const { after, steps } = plan('recommended');
    const taken = new Set(steps.map(({ id }) => id));
    const added = plan('all').steps.flatMap(({ id }) => (taken.has(id) ? [] : [`\`${id}\``]));
    const { programs } = findPrograms(engine, contextOf(files));
    const cells = [name, by, ...finalStage(parseDockerfile(after)), [...new Set(added)].join(', ')];
    return `| ${[...cells, programs.length > 0 ? '✓' : ''].join(' | ')} |`;
  });
  return [`|${' --- |'.repeat(7)}`, ...rows].join('\n');
}

/** Its image, what it copies and what it starts. */
function finalStage({ stages }) {
  const { from, instructions } = stages.at(-1);
  const copied = instructions
    .filter(({ keyword }) => keyword === 'COPY')
    .flatMap(({ args }) => args.slice(0, -1).map(({ value }) => value.replace(/^\/(?:app|src)\/(?=.)/, '')));
  const start = instructions.filter(({ keyword }) => /^(?:CMD|ENTRYPOINT)$/.test(keyword));
  const words = start.flatMap(({ args }) => args.map(({ value }) => value)).join(' ');
  return [from.args[0].value, [...new Set(copied)].join('`, `'), words].map((text) =>
    text === '' ? '' : `\`${text}\``,
  );
}

function contextOf(files) {
  return {
    files: new Map(Object.entries(files).map(([path, text]) => [path, { sizeBytes: text.length }])),
    read: (path) => files[path],
    unlisted: [],
    isComplete: true,
  };
}
