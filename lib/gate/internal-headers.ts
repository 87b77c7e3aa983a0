// Request headers that only this server sets. Its hooks and the gate drop what a client sent under these names.

/** The client's address and its signature (lib/http/client-address.ts). */
export const CLIENT_ADDRESS_HEADER = 'x-taskward-client'

/** Set while the database is unavailable: the edge runtime cannot check that itself. */
export const OUTAGE_HEADER = 'x-taskward-outage'

/** The ids of this build's server actions: the edge runtime cannot read them from files. */
export const KNOWN_ACTIONS_HEADER = 'x-taskward-known-actions'

/** A posted form that did not run, for the page that shows it again. */
export const RETURNED_FORM_HEADER = 'x-taskward-returned-form'

/** The id of a body that the hooks keep for its route (lib/http/uploads.ts). */
export const UPLOAD_HEADER = 'x-taskward-upload'

export const SIGNATURE_HEADER = 'x-taskward-signature'
