import { AsyncResource } from 'node:async_hooks'
import type { Server } from 'node:http'

/** So that a flood of connections cannot stop the requests. */
const MAX_TURNS = 6

const waiting: (() => void)[] = []
let hasStarted = false
let hasAccepted = false
let turns = 0

/**
 * Starts one request per turn of the event loop, and none while connections arrive. Node accepts one connection per turn
 * (libuv 1.45): turns full of requests would keep a thousand simultaneous clients waiting for half a minute.
 */
export function pace(start: () => void): void {
  if (hasStarted) {
    const context = new AsyncResource('paced request')
    waiting.push(() => context.runInAsyncScope(start))
    return
  }
  hasStarted = true
  setImmediate(startNext)
  start()
}

export function noteConnections(server: Server): void {
  server.on('connection', () => {
    hasAccepted = true
  })
}

function startNext(): void {
  if (hasAccepted && turns < MAX_TURNS) {
    hasAccepted = false
    turns++
    setImmediate(startNext)
    return
  }
  turns = 0
  const start = waiting.shift()
  if (start) setImmediate(startNext)
  else hasStarted = false
  start?.()
}
