import { z } from 'zod'
import { derivedKeys } from './signing-keys.ts'

/** The internal route by which the gate renews sessions. Without a signature of this server's it does not exist (404). */
export const RENEWAL_PATH = '/api/internal/renew'
export const SIGNATURE_HEADER = 'x-taskward-signature'

const KEY_INFO = 'taskward renewal v1'
/** How old a call may be: it crosses no network. */
const MAX_AGE_SECONDS = 30

/** What the gate asks: this browser's refresh token, and whose request it is. */
export const renewalCallSchema = z.object({
  refreshToken: z.string(),
  /** Further refresh cookies of other values: at most one of all may be this browser's own. */
  rivals: z.array(z.string()).optional(),
  /** The sessions that its access cookies name, expired or not: the refresh token has to be of one of these. */
  sessionIds: z.array(z.uuid()).optional(),
  /** The address with its proof, as the server's hook put it into the request's header. */
  clientAddress: z.string(),
  userAgent: z.string(),
  requestId: z.string(),
  /** The device cookie, if there is one. */
  deviceToken: z.string().optional(),
})

export type RenewalCall = z.infer<typeof renewalCallSchema>

/** What it gets: cookies' values, and when they end (ISO 8601); null for those that end with the browser. */
export const renewalReplySchema = z.object({
  access: z.string(),
  accessExpires: z.string().nullable(),
  refresh: z.string(),
  refreshExpires: z.string().nullable(),
})

export type RenewedCookies = z.infer<typeof renewalReplySchema>

/** Signs a call: its time and an HMAC over time and body, under a key derived from `JWT_SECRET`. */
export async function signCall(body: string, now = new Date()): Promise<string> {
  const [newest] = await derivedKeys(KEY_INFO)
  if (!newest) throw new Error('JWT_SECRET holds no secret')
  const seconds = Math.floor(now.getTime() / 1000)
  const mac = await crypto.subtle.sign('HMAC', newest, signedBytes(seconds, body))
  return `${seconds}.${btoa(String.fromCharCode(...new Uint8Array(mac)))}`
}

/** Whether a call was signed by a server that knows one of the secrets, within the last 30 seconds. */
export async function isSignedCall(signature: string, body: string, now = new Date()): Promise<boolean> {
  const [, time, mac] = /^(\d{1,12})\.([A-Za-z0-9+/]{43}=)$/.exec(signature) ?? []
  if (!time || !mac) return false
  if (Math.abs(now.getTime() / 1000 - Number(time)) > MAX_AGE_SECONDS) return false
  const bytes = Uint8Array.from(atob(mac), (character) => character.charCodeAt(0))
  const keys = await derivedKeys(KEY_INFO)
  const checks = keys.map((key) => crypto.subtle.verify('HMAC', key, bytes, signedBytes(Number(time), body)))
  return (await Promise.all(checks)).includes(true)
}

function signedBytes(seconds: number, body: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${seconds}\n${body}`)
}
