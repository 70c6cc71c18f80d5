import type { Stage } from '../dockerfile/model';

/** The `11` in `python:3.11`; undefined where the tag does not name it. */
export function pythonMinor({ base }: Pick<Stage, 'base'>): number | undefined {
  const tag = base.kind === 'image' ? (base.image.tag ?? '') : '';
  const minor = /^(?:(?:[\d.]+-)?python)?3\.(\d+)/.exec(tag)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** True where Python has a TOML parser: since 3.11 (docs.python.org/3/library/tomllib, 2026-11). */
export function readsToml({ base }: Pick<Stage, 'base'>): boolean {
  if (base.kind === 'stage') return readsToml(base.stage);
  if (base.kind !== 'image') return false;
  const minor = pythonMinor({ base });
  if (minor !== undefined) return minor >= 11;
  return (
    base.image.name === 'python' && /^(?:3(?:-|$)|latest$|slim|alpine|bookworm|trixie|$)/.test(base.image.tag ?? '')
  );
}
