/** The longest delay of a Node.js timer, in milliseconds. With a longer one, it fires at once. */
export const MAX_TIMER_MILLIS: number = 2 ** 31 - 1;
