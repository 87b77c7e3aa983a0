import { z } from 'zod'
import { derivedKeys } from './signing-keys.ts'

/** The internal route by which the gate renews sessions. It answers 404 to a call without this server's signature. */
export const RENEWAL_PATH = '/api/internal/renew'

const KEY_INFO = 'taskward renewal v1'
/** The call crosses no network. */
const MAX_AGE_SECONDS = 30

export const renewalCallSchema = z.object({
  refreshToken: z.string(),
  /** Further refresh cookies with other values. At most one of all is the browser's own. */
  rivals: z.array(z.string()).optional(),
  /** The sessions that the access cookies name, expired or not. The refresh token has to belong to one of them. */
  sessionIds: z.array(z.uuid()).optional(),
  clientAddress: z.string(),
  userAgent: z.string(),
  requestId: z.string(),
  deviceToken: z.string().optional(),
})

export type RenewalCall = z.infer<typeof renewalCallSchema>

/** Values of the new cookies and their ends (ISO 8601); null for cookies that end with the browser. */
export const renewalReplySchema = z.object({
  access: z.string(),
  accessExpires: z.string().nullable(),
  refresh: z.string(),
  refreshExpires: z.string().nullable(),
})

export type RenewedCookies = z.infer<typeof renewalReplySchema>

export async function signCall(body: string, now: Date): Promise<string> {
  const [newest] = await derivedKeys(KEY_INFO, 'mac')
  if (!newest) throw new Error('JWT_SECRET holds no secret')
  const seconds = Math.floor(now.getTime() / 1000)
  const mac = await crypto.subtle.sign('HMAC', newest, signedBytes(seconds, body))
  return `${seconds}.${btoa(String.fromCharCode(...new Uint8Array(mac)))}`
}

export async function isSignedCall(call: { signature: string; body: string }, now: Date): Promise<boolean> {
  const [, time, mac] = /^(\d{1,12})\.([A-Za-z0-9+/]{43}=)$/.exec(call.signature) ?? []
  if (!time || !mac) return false
  if (Math.abs(now.getTime() / 1000 - Number(time)) > MAX_AGE_SECONDS) return false
  const bytes = Uint8Array.from(atob(mac), (character) => character.charCodeAt(0))
  const signed = signedBytes(Number(time), call.body)
  const keys = await derivedKeys(KEY_INFO, 'mac')
  const checks = keys.map((key) => crypto.subtle.verify('HMAC', key, bytes, signed))
  return (await Promise.all(checks)).includes(true)
}

function signedBytes(seconds: number, body: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${seconds}\n${body}`)
}
