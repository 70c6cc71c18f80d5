import type { Instruction } from './model';

/** What an instruction runs, as one text in either form. */
export function writtenCommand({ form, args, bodyText }: Instruction): string {
  return form === 'exec' ? args.map(({ value }) => value).join(' ') : bodyText;
}
