/** A size to be shown behind a place of the text, and where it is from. */
export interface SizeHint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}
