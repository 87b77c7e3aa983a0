import { refreshBrowser } from '#lib/auth/refresh-browser.ts'
import { CLIENT_ADDRESS_HEADER, SIGNATURE_HEADER } from '#lib/gate/internal-headers.ts'
import { isSignedCall, type RenewedCookies, renewalCallSchema } from '#lib/gate/renewal-call.ts'
import { clientOf } from '#lib/http/client.ts'
import { type Endpoint, everyMethod, route } from '#lib/http/route.ts'
import { err, ok } from '#lib/result.ts'

const nothing: Endpoint = async () => err({ code: 'NOT_FOUND' })

/** For the gate alone (lib/gate/renew-session.ts). A call without its signature is 404. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  ...everyMethod(nothing),
  POST: async (request) => {
    const body = await request.text()
    const signature = request.headers.get(SIGNATURE_HEADER) ?? ''
    if (!(await isSignedCall({ signature, body }, new Date()))) return err({ code: 'NOT_FOUND' })
    const { clientAddress, userAgent, requestId, ...presented } = renewalCallSchema.parse(JSON.parse(body))
    const client = clientOf(
      new Headers({
        [CLIENT_ADDRESS_HEADER]: clientAddress,
        'user-agent': userAgent,
        'x-request-id': requestId,
      }),
    )
    const renewed = await refreshBrowser(presented, { client, now: new Date() })
    if (!renewed.ok) return renewed
    const { access, refresh: next, session } = renewed.value
    const until = (end: Date) => (session.persistent ? end.toISOString() : null)
    const reply: RenewedCookies = {
      access: access.token,
      accessExpires: until(access.expiresAt),
      refresh: next.token,
      refreshExpires: until(next.expiresAt),
    }
    return ok({ status: 200, body: reply })
  },
})
