/** Where a request comes from, as far as the server knows. The texts are safe to print (`toSafeText`). */
export type Client = {
  ipAddress: string | null
  /** What throttles count by: the address, or the /64 of an IPv6 one. */
  network: string
  userAgent: string | null
  /** UUID, also in the answer's `X-Request-Id` and on every log line. */
  requestId: string
  abortSignal?: AbortSignal | undefined
  /** When its body had come, as `performance.now()`. */
  arrivedAt?: number | undefined
}

/** Of what the server does by itself, and of the command line. */
export function localClient(userAgent: string | null): Client {
  return { ipAddress: null, network: 'local', userAgent, requestId: crypto.randomUUID() }
}

export type Actor = { userId: string; sessionId: string; role: 'user' | 'admin'; client: Client }

declare const proved: unique symbol

/** An administrator, or a person with a shell on the server. Only `operatorOf` and `COMMAND_LINE` make one. */
export type Operator = {
  readonly client: Client
  readonly userId: string | null
  readonly [proved]: true
}

/** Throws unless the actor is an administrator: entrances check that first. */
export function operatorOf({ role, userId, client }: Actor): Operator {
  if (role !== 'admin') throw new Error('An actor without administrator rights was used as an operator')
  return { userId, client } as Operator
}

export function operatorName({ userId }: Operator): string {
  return userId ?? 'command line'
}
