import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { err, ok, type Result } from '#lib/result.ts'
import { isPublicAddress, namesPrivateAddress } from './is-public-address.ts'

const TIMEOUT_MS = 5_000
const PRIVATE = 'ERR_PRIVATE_ADDRESS'
const PRIVATE_REFUSED = { code: 'PRIVATE_ADDRESS', text: 'private address refused' } as const

type Target = { url: URL; allowsPrivate: boolean }

/** `text` describes the failure for the log, without any part of the URL or of the answer. */
export type WebhookFailure = {
  code: 'PRIVATE_ADDRESS' | 'TIMEOUT' | 'NOT_REACHED' | 'NO_RESPONSE' | 'BAD_STATUS'
  text: string
}

/**
 * Posts within five seconds, to exactly the address that was checked, without redirects (SSRF: ASVS 5.0, 1.3.6).
 * @returns the 2xx status; `PRIVATE_ADDRESS`, `TIMEOUT`, `NOT_REACHED`, `NO_RESPONSE`, or `BAD_STATUS` for any other status
 */
export function sendWebhook(
  { url, allowsPrivate }: Target,
  { headers, body }: { headers: Record<string, string>; body: string },
): Promise<Result<number, WebhookFailure>> {
  // Node calls `lookup` for names only, so a literal address is checked here.
  if (!allowsPrivate && namesPrivateAddress(url)) return Promise.resolve(err(PRIVATE_REFUSED))
  return post(
    url,
    {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Taskward',
      },
      // A new connection: no proxy from the environment, and none that was opened before the check.
      agent: false,
      autoSelectFamily: true,
      lookup: lookupFor(allowsPrivate),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    },
    body,
  ).catch(failed)
}

type Options = RequestOptions & { autoSelectFamily: boolean }

function post(url: URL, options: Options, body: string): Promise<Result<number, WebhookFailure>> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve) => {
    const request = send(url, options, ({ statusCode = 0 }) => {
      const isAccepted = statusCode >= 200 && statusCode < 300
      resolve(isAccepted ? ok(statusCode) : err({ code: 'BAD_STATUS', text: `answered ${statusCode}` }))
      request.destroy()
    })
    request.on('error', (error) => resolve(failed(error)))
    // Node reports no error for a response that is not one, such as a switch of protocols.
    request.on('close', () => resolve(err({ code: 'NO_RESPONSE', text: 'closed without an answer' })))
    request.end(body)
  })
}

/** Node connects to the addresses that this returns, so a second lookup cannot yield another one (DNS rebinding). */
function lookupFor(allowsPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookupOnce(hostname, options).then(
      (addresses) => {
        const allowed = addresses.filter(({ address }) => allowsPrivate || isPublicAddress(address))
        if (allowed.length > 0) return callback(null, allowed)
        callback(Object.assign(new Error('The name leads to private addresses only.'), { code: PRIVATE }), [])
      },
      (error) => callback(error, []),
    )
  }
}

const pending = new Map<string, Promise<LookupAddress[]>>()

/** Node has two threads for names. A resolver that hangs would block both, and new connections to the database. */
function lookupOnce(hostname: string, options: LookupOptions): Promise<LookupAddress[]> {
  const shared = pending.get(hostname)
  if (shared) return shared
  const own = new Promise<LookupAddress[]>((resolve, reject) => {
    lookup(hostname, { ...options, all: true }, (error, found) => (error ? reject(error) : resolve(found)))
  }).finally(() => pending.delete(hostname))
  pending.set(hostname, own)
  return own
}

/** Uses the error's code alone, because messages name addresses. */
function failed(error: Error): Result<never, WebhookFailure> {
  const code = 'code' in error ? String(error.code) : error.name
  if (code === PRIVATE) return err(PRIVATE_REFUSED)
  if (code === 'ABORT_ERR') return err({ code: 'TIMEOUT', text: `no answer within ${TIMEOUT_MS / 1000} s` })
  return err({ code: 'NOT_REACHED', text: `not reached: ${code}` })
}
