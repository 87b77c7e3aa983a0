/** The fragment of links to a confirmation, so that the browser scrolls to it without JavaScript, too. */
export const CONFIRMATION = '#confirmation'
