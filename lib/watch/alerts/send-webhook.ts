import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { err, ok, type Result } from '#lib/result.ts'
import { isPublicAddress, namesPrivateAddress } from './is-public-address.ts'

const PATIENCE_MS = 5_000
const PRIVATE = 'ERR_PRIVATE_ADDRESS'
const PRIVATE_REFUSED = 'private address refused'

/** Where to, and whether that may be an address that does not lead to the internet. */
type Target = { url: URL; allowsPrivate: boolean }

/**
 * Posts a body of JSON, within five seconds in all, to exactly an address that was checked. Follows no redirect and reads
 * no answer beyond its head (server-side request forgery: ASVS 5.0, 1.3.6).
 * @returns the 2xx status, or in a few words what failed, without anything of the URL or the answer
 */
export function sendWebhook(
  target: Target,
  headers: Record<string, string>,
  body: string,
): Promise<Result<number, string>> {
  const { url, allowsPrivate } = target
  // Names are checked by `lookup`; Node calls it for those alone.
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
      // A connection of its own: no proxy from the environment, none left over from before the check.
      agent: false,
      autoSelectFamily: true,
      lookup: lookupFor(allowsPrivate),
      signal: AbortSignal.timeout(PATIENCE_MS),
    },
    body,
  ).catch(failed)
}

type Options = RequestOptions & { autoSelectFamily: boolean }

function post(url: URL, options: Options, body: string): Promise<Result<number, string>> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve) => {
    const request = send(url, options, ({ statusCode = 0 }) => {
      const isAccepted = statusCode >= 200 && statusCode < 300
      resolve(isAccepted ? ok(statusCode) : err(`answered ${statusCode}`))
      request.destroy()
    })
    request.on('error', (error) => resolve(failed(error)))
    // An answer that is none, such as a switch of protocols, is no error to Node.
    request.on('close', () => resolve(err('closed without an answer')))
    request.end(body)
  })
}

/** Node connects to what this answers, so that a name cannot mean another address when it is asked again (DNS rebinding). */
function lookupFor(allowsPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookupOnce(hostname, options).then(
      (addresses) => {
        const open = addresses.filter(({ address }) => allowsPrivate || isPublicAddress(address))
        if (open.length > 0) return callback(null, open)
        callback(Object.assign(new Error('The name leads to private addresses only.'), { code: PRIVATE }), [])
      },
      (error) => callback(error, []),
    )
  }
}

const pending = new Map<string, Promise<LookupAddress[]>>()

/**
 * Looks a name up once for all who ask meanwhile. Node has two threads for names: a resolver that hangs while many
 * alerts are due would keep them for minutes, and new connections to a database that has a name would wait.
 */
function lookupOnce(hostname: string, options: LookupOptions): Promise<LookupAddress[]> {
  const asked = pending.get(hostname)
  if (asked) return asked
  const asking = new Promise<LookupAddress[]>((resolve, reject) => {
    lookup(hostname, { ...options, all: true }, (error, found) => (error ? reject(error) : resolve(found)))
  }).finally(() => pending.delete(hostname))
  pending.set(hostname, asking)
  return asking
}

/** By its code alone: messages name addresses. */
function failed(error: Error): Result<never, string> {
  const code = 'code' in error ? String(error.code) : error.name
  if (code === PRIVATE) return err(PRIVATE_REFUSED)
  return err(code === 'ABORT_ERR' ? `no answer within ${PATIENCE_MS / 1000} s` : `not reached: ${code}`)
}
