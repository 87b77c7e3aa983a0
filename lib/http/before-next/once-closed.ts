import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What waits for the end of the requests of a connection. */
const waiting = new WeakMap<Socket, Set<() => void>>()

/**
 * Calls `listener` once, when the response is sent or its connection is closed. Node 20 closes no response that waits
 * behind another one of its connection.
 */
export function onceClosed(response: ServerResponse, listener: () => void): void {
  const { socket } = response.req
  const listeners = waiting.get(socket) ?? waitFor(socket)
  const end = () => {
    if (listeners.delete(end)) listener()
  }
  listeners.add(end)
  response.once('close', end)
}

function waitFor(socket: Socket): Set<() => void> {
  const listeners = new Set<() => void>()
  waiting.set(socket, listeners)
  socket.once('close', () => {
    for (const end of listeners) end()
  })
  return listeners
}
