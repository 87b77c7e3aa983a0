import { z } from 'zod'
import { plainText } from '#lib/text-schema.ts'
import { parseAddress, parseNetwork } from '#lib/throttle/network.ts'

const MAX_LENGTH = 64

/** An address as it is stored, or the /64 of an IPv6 one, however it is typed. */
export const addressSchema = plainText(MAX_LENGTH).transform((text, context) => {
  const address = text.includes('/') ? parseNetwork(text) : parseAddress(text)
  if (address !== null) return address
  context.addIssue('must be an IPv4 address, or an IPv6 address or /64 network')
  return z.NEVER
})
