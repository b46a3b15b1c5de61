/** Where a command writes. */
export interface Output {
  write(text: string): unknown;
}
