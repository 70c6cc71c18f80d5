import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../dependencies.mjs';

/** Shorter rebuilds are mostly the engine's own time. */
const LONG_REBUILD_MS = 2000;

/** Writes docs/benchmarks.md: the measurements of the apps before, after and at their best. */
export function writeTable(results, { isLab }, isRootUser) {
  const built = results.filter(({ before }) => before && !before.problem);
  const rows = built.map(({ name, before, levels, best, half, created }) => {
    const { recommended, safe, all } = levels;
    return [
      `[${name}](../test/builds/apps/${name})`,
      megabytes(before),
      megabytes(safe),
      megabytes(recommended),
      ratio(recommended, before, 'bytes'),
      megabytes(all),
      megabytes(best),
      ratio(recommended, best, 'bytes'),
      half ? ratio(half, best, 'bytes') : '',
      created ? ratio(created, best, 'bytes') : '',
      `${before.layers} → ${recommended?.layers ?? '–'}`,
      `${seconds(before)} → ${seconds(recommended)}`,
      ratio(recommended, before, 'rebuildMs'),
      ratio(recommended, best, 'rebuildMs'),
      isRootUser(recommended?.user ?? '') ? 'root' : recommended.user,
    ];
  });
  const medians = [
    ['Size at `recommended`, of before', 'bytes', 'before'],
    ['Size at `recommended`, of the hand-written best', 'bytes', 'best'],
    ['Size of what `all` makes of a half-good file, of the hand-written best', 'bytes', 'best', 0, 'half'],
    ['Size with the file that `init` writes, of the hand-written best', 'bytes', 'best', 0, 'created'],
    ['Rebuild after a changed source line at `recommended`, of before', 'rebuildMs', 'before'],
    ['The same where it took 2 s or more before', 'rebuildMs', 'before', LONG_REBUILD_MS],
    ['The same, of the hand-written best, where that takes 2 s or more', 'rebuildMs', 'best', LONG_REBUILD_MS],
  ].map(([what, field, of, least = 0, kind = 'recommended']) => {
    const ratios = built.flatMap(({ levels, ...result }) => {
      const measured = levels[kind] ?? result[kind];
      return measured?.[field] && result[of]?.[field] >= least ? [measured[field] / result[of][field]] : [];
    });
    return `- ${what}: median **${median(ratios).toFixed(2)}**`;
  });
  const working = (level) =>
    `${built.filter(({ levels }) => levels[level] && !levels[level].problem).length} of ${built.length}`;
  const skipped = results.filter(({ before }) => before?.problem).map(({ name }) => name);
  const lines = [
    '# Measured builds',
    '',
    `Made by \`npm run test:builds -- --table\` on ${new Date().toISOString().slice(0, 10)}: each app of [test/builds/apps](../test/builds/apps) is built as it is, optimized at each level, and as an expert would write it (\`Dockerfile.best\`); for some, also what becomes of a half-good file (\`Dockerfile.half\`) and of none (\`init\`), in a real Docker engine with BuildKit. Each image is run and has to do the same.`,
    '',
    ...(isLab
      ? [
          'The base images are stand-ins under the real names, made of Debian packages; their sizes come near the real ones. Sizes are Docker’s own: uncompressed, base image included.',
          '',
        ]
      : []),
    `- Builds and does the same: ${working('safe')} at \`safe\`, ${working('recommended')} at \`recommended\`, ${working('all')} at \`all\``,
    ...medians,
    ...(skipped.length > 0 ? [`- Not built on this machine, and left out: ${skipped.join(', ')}`] : []),
    '',
    '| App | Before (MB) | Safe | Recommended | Ratio | All | Best by hand | Recommended / best | Half-good / best | `init` / best | Layers | Rebuild (s) | Ratio | Of the best | User |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
  ];
  writeFileSync(join(root, 'docs/benchmarks.md'), lines.join('\n'));
}

function megabytes(measured) {
  return !measured?.bytes || measured.problem ? 'fails' : (measured.bytes / 1e6).toFixed(1);
}

function seconds(measured) {
  return measured?.rebuildMs === undefined ? '–' : (measured.rebuildMs / 1000).toFixed(1);
}

function ratio(measured, other, field) {
  return measured?.[field] && other?.[field] ? (measured[field] / other[field]).toFixed(2) : '–';
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
