import { localClient, type Operator } from '#lib/actor.ts'

/** A person with a shell on the server. Only scripts may use it (lib/testing/architecture.ts). */
export const COMMAND_LINE = {
  userId: null,
  client: localClient('command line'),
} as Operator
