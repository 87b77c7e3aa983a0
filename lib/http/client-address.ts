/** Where the one decided address stands, after `learnClientAddresses` has seen the request. */
const HEADER = 'x-forwarded-for'
/** The unspecified address (RFC 4291, 2.5.2): no server has vouched for anything. */
const UNKNOWN = '0.0.0.0'

/** The client's address, IPv4 or IPv6, as the server vouches for it: the client cannot choose it. */
export function clientAddress(headers: Headers): string {
  return headers.get(HEADER) ?? UNKNOWN
}
