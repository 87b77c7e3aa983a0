/** The most ticks that a page sends in one request. Here, so that the page does not load zod. */
export const MAX_TICKS = 50
