/** Tells the gate, which cannot reach the database, that the server cannot either. Set by the server's own hook alone. */
export const OUTAGE_HEADER = 'x-taskward-outage'
