/** Where something was found. One object serves all searches: they are on the path of every text. */
export interface Match {
  start: number;
  end: number;
}
