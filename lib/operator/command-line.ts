import { randomUUID } from 'node:crypto'
import type { Operator } from '#lib/actor.ts'

/** Whoever has a shell on the server runs the instance anyway. For scripts alone (lib/testing/architecture.ts). */
export const COMMAND_LINE = {
  userId: null,
  client: { ipAddress: null, network: 'local', userAgent: 'command line', requestId: randomUUID() },
} as Operator
