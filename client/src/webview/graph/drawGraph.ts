import type { ShownNode, StageGraphResult } from '../../../../server/src/protocol';
import { svgElement } from '../element';
import { l10n } from '../l10n';
import { factsOf, linkText, nameOf, roleOf, takenText } from './graphTexts';
import { type Box, layOutGraph, type Point, type Size } from './layOutGraph';

const LINE = 18;
const PAD = 10;
const NODE_WIDTH = 240;
/** Of the texts' font, on average; full-width characters take two. */
const CHARACTER = 6.8;
const MAX_COLUMNS = Math.floor((NODE_WIDTH - 2 * PAD) / CHARACTER);
const MAX_TAKEN = 3;

/**
 * The graph as SVG that is whole without the page's style: black on white there, in the editor's colors here.
 * @param jump undefined where there is no editor to show a line in
 */
export function drawGraph(graph: StageGraphResult, jump: ((line: number) => void) | undefined): SVGSVGElement {
  const texts = graph.nodes.map(nodeLines);
  const labels = graph.links.map(({ takes }) => labelLines(takes.map(takenText)));
  const layout = layOutGraph(
    texts.map((lines) => ({ width: NODE_WIDTH, height: lines.length * LINE + 2 * PAD })),
    graph.links.map(({ from, to }, index) => ({ from, to, label: labelSize(labels[index] ?? []) })),
  );
  const { width, height } = layout;
  const link = graph.links.map((one, index) => {
    const { label, points } = layout.links[index] ?? { label: undefined, points: [] };
    const target = graph.nodes[one.to];
    const isDead = target?.kind === 'stage' && !target.isNeeded;
    const [first] = one.takes;
    const said = one.takes.map((taken) => linkText(graph, one, taken)).join('\n');
    return svgElement(
      'g',
      { ...interactive(jump && first, said), class: isDead ? 'link dead' : 'link' },
      svgElement('title', {}, said),
      svgElement('path', {
        d: curve(points),
        fill: 'none',
        stroke: '#57606a',
        'stroke-dasharray': first?.kind === 'base' ? '6 3' : undefined,
      }),
      arrow(points.at(-1)),
      ...(label ? [plate(label, 3), ...lines(label, labels[index] ?? [], 'middle')] : []),
    );
  });
  const node = graph.nodes.map((one, index) => {
    const box = layout.nodes[index];
    const said = [nameOf(one), ...(one.kind === 'stage' ? [roleOf(one) ?? '', one.base, ...factsOf(one)] : [])].filter(
      Boolean,
    );
    return svgElement(
      'g',
      { ...interactive(jump && one.kind === 'stage' ? one : undefined, said.join(', ')), class: classOf(one) },
      svgElement('title', {}, said.join('\n')),
      ...(box ? [plate(box, 6, one), ...lines(box, texts[index] ?? [], 'start')] : []),
    );
  });
  const svg = svgElement(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      width: round(width),
      height: round(height),
      'font-family': 'system-ui, sans-serif',
      'font-size': 13,
      role: jump ? 'group' : 'img',
      'aria-label': l10n.t('Stages and what they take from each other'),
    },
    ...link,
    ...node,
  );
  const act = (target: EventTarget | null): boolean => {
    const line = target instanceof Element ? target.closest<SVGElement>('[data-line]')?.dataset['line'] : undefined;
    if (line !== undefined) jump?.(Number(line));
    return line !== undefined;
  };
  svg.addEventListener('click', ({ target }) => void act(target));
  svg.addEventListener('keydown', (event) => {
    if ((event.key === 'Enter' || event.key === ' ') && act(event.target)) event.preventDefault();
  });
  return svg;
}

function interactive(at: { readonly line: number } | undefined, said: string) {
  return at ? { role: 'button', tabindex: 0, 'data-line': at.line, 'aria-label': said } : {};
}

function classOf(node: ShownNode): string {
  if (node.kind === 'other') return 'node other';
  return node.isTarget ? 'node target' : node.isNeeded ? 'node' : 'node dead';
}

function nodeLines(node: ShownNode): string[] {
  if (node.kind === 'other') return [shortened(node.name, MAX_COLUMNS)];
  const role = roleOf(node);
  const name = shortened(nameOf(node), MAX_COLUMNS - (role ? columnsOf(role) + 3 : 0));
  return [role ? `${name} (${role})` : name, shortened(node.base, MAX_COLUMNS), ...factsOf(node).flatMap(wrapped)];
}

/** The first few, and how many more there are. */
function labelLines(all: readonly string[]): string[] {
  const shown = all.length > MAX_TAKEN + 1 ? all.slice(0, MAX_TAKEN) : all;
  const more = all.length - shown.length;
  return [...shown.map((text) => shortened(text, MAX_COLUMNS)), ...(more > 0 ? [l10n.t('{0} more', more)] : [])];
}

function labelSize(texts: readonly string[]): Size {
  const columns = Math.max(0, ...texts.map(columnsOf));
  return { width: columns * CHARACTER + PAD, height: texts.length * LINE };
}

function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text)
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1;
  return columns;
}

/** In two lines if one is too short for it. */
function wrapped(text: string): string[] {
  const words = text.split(' ');
  const last = words.findLastIndex((_, at) => columnsOf(words.slice(0, at + 1).join(' ')) <= MAX_COLUMNS) + 1;
  const lines = [words.slice(0, last || 1), words.slice(last || 1)];
  return lines.filter(({ length }) => length > 0).map((line) => shortened(line.join(' '), MAX_COLUMNS));
}

function shortened(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = '';
  for (const character of text) {
    if (columnsOf(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function plate({ x, y, width, height }: Box, radius: number, node?: ShownNode): SVGElement {
  const isDead = node?.kind === 'stage' && !node.isNeeded;
  const isTarget = node?.kind === 'stage' && node.isTarget;
  return svgElement('rect', {
    x: round(x),
    y: round(y),
    width: round(width),
    height: round(height),
    rx: radius,
    fill: '#ffffff',
    ...(node
      ? { stroke: '#57606a', 'stroke-width': isTarget ? 2.5 : 1, 'stroke-dasharray': isDead ? '5 4' : undefined }
      : {}),
  });
}

function lines({ x, y, width }: Box, texts: readonly string[], anchor: 'start' | 'middle'): SVGElement[] {
  const isNode = anchor === 'start';
  return texts.map((text, index) =>
    svgElement(
      'text',
      {
        x: round(isNode ? x + PAD : x + width / 2),
        y: round(y + (isNode ? PAD : 0) + index * LINE + 13),
        'text-anchor': anchor,
        fill: isNode && index > 0 ? '#57606a' : '#1f2328',
        'font-weight': isNode && index === 0 ? 600 : undefined,
        class: isNode && index > 0 ? 'fact' : undefined,
      },
      text,
    ),
  );
}

/** Down from point to point, round where the sides change. */
function curve([first, ...others]: readonly Point[]): string {
  if (!first) return '';
  let d = `M${round(first.x)} ${round(first.y)}`;
  let last = first;
  for (const point of others) {
    const middle = round((last.y + point.y) / 2);
    d += ` C${round(last.x)} ${middle} ${round(point.x)} ${middle} ${round(point.x)} ${round(point.y)}`;
    last = point;
  }
  return d;
}

function arrow(end: Point | undefined): SVGElement | undefined {
  if (!end) return undefined;
  const [x, y] = [round(end.x), round(end.y)];
  return svgElement('path', { class: 'arrow', d: `M${x} ${y} l-4 -7 h8 z`, fill: '#57606a' });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
