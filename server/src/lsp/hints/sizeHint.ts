/** A size to show after a position in the text; the tooltip says where it comes from. */
export interface SizeHint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}
