import { isLoopback } from '#lib/env/loopback.ts'
import { clientAddress } from './client-address.ts'

/**
 * Whether a browser on this machine asked for an address of this machine. The second part refuses a foreign site whose
 * name leads to 127.0.0.1 (DNS rebinding).
 */
export function isLocalRequest(headers: Headers): boolean {
  const url = `http://${headers.get('host')}`
  return isLoopback(clientAddress(headers)) && URL.canParse(url) && isLoopback(new URL(url).hostname)
}
