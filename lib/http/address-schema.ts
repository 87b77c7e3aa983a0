import { z } from 'zod'
import { plainText } from '#lib/text-schema.ts'
import { parseAddress, parseNetwork } from '#lib/throttle/network.ts'

const MAX_LENGTH = 64

/** Any spelling of an address, or of a /64 of IPv6, becomes the stored form. */
export const addressSchema = plainText(MAX_LENGTH).transform((text, context) => {
  const address = text.includes('/') ? parseNetwork(text) : parseAddress(text)
  if (address !== null) return address
  context.addIssue('must be an IPv4 address, or an IPv6 address or /64 network')
  return z.NEVER
})
