/** Where a pattern was found. One object is used for all searches, because they run for every text. */
export interface Match {
  start: number;
  end: number;
}
