/** A Node timer that is set to more than this fires at once. */
export const MAX_TIMER_MILLIS: number = 2 ** 31 - 1;
