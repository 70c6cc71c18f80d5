import type { OptimizeStep } from '../../server/src/protocol';

/** `about 364 MB`, in decimal megabytes as registries show them. */
export function aboutBytes(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  if (megabytes >= 10) return `about ${Math.round(megabytes)} MB`;
  return megabytes >= 0.1 ? `about ${megabytes.toFixed(1)} MB` : `about ${Math.round(bytes / 1000)} kB`;
}

/** What all steps together save, in bytes; undefined when no step has a figure. */
export function totalSaving(steps: readonly OptimizeStep[]): number | undefined {
  const known = steps.flatMap((step) => step.impactBytes ?? []);
  const saving = -known.reduce((sum, bytes) => sum + bytes, 0);
  return saving > 0 ? saving : undefined;
}

export interface StepItem {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly picked: boolean;
}

/** A step as a line to tick: safe ones are ticked, the others wait for the user. */
export function toStepItem(step: OptimizeStep, mayChange: string, picked: boolean): StepItem {
  const saving = totalSaving([step]);
  const description = [step.safety === 'unsafe' ? mayChange : '', saving === undefined ? '' : `−${aboutBytes(saving)}`];
  return {
    id: step.id,
    label: step.title,
    description: description.filter((part) => part !== '').join(' · '),
    detail: step.reason,
    picked,
  };
}

/** The first and last place where two texts differ, so that an edit leaves the rest, and the cursor in it, alone. */
export function changedPart(before: string, after: string): { start: number; end: number; newText: string } {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, end: before.length - tail, newText: after.slice(start, after.length - tail) };
}
