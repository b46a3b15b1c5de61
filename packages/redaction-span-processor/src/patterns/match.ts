/** Where something was found. One object serves all searches: they are on the path of every text. */
export interface Match {
  start: number;
  end: number;
}

/**
 * Looks for one kind of thing around a character that every such thing contains. What it looks at is bounded, or
 * not looked at again.
 *
 * @param at - where that character is
 * @param floor - what lies before belongs to something found already
 */
export type Finder = (text: string, at: number, floor: number, match: Match) => boolean;
