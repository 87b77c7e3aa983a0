import { randomUUID } from 'node:crypto'
import type { Client } from '#lib/actor.ts'
import { toSafeText } from '#lib/audit/safe-text.ts'
import { networkOf } from '#lib/throttle/network.ts'
import { nameRequest } from '#lib/trace.ts'
import { isUuid } from '#lib/uuid.ts'
import { getOpenRequest } from './before-next/detect-aborted-requests.ts'
import { clientAddress } from './client-address.ts'

const MAX_USER_AGENT_LENGTH = 512

export function clientOf(headers: Headers): Client {
  const ipAddress = clientAddress(headers)
  const userAgent = headers.get('user-agent')
  const givenId = headers.get('x-request-id')
  // The gate sets the id. A request that bypassed the gate gets a new one.
  const requestId = givenId && isUuid(givenId) ? givenId : randomUUID()
  nameRequest(requestId)
  const openRequest = getOpenRequest()
  return {
    ipAddress,
    network: networkOf(ipAddress),
    userAgent: userAgent && toSafeText(userAgent, MAX_USER_AGENT_LENGTH),
    requestId,
    abortSignal: openRequest?.signal,
    arrivedAt: openRequest?.arrivedAt,
  }
}
