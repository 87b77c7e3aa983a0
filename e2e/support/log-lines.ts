import type { RunningServer } from './server.ts'

export type LogLine = {
  level: number
  time: string
  request_id?: string
  job?: string
  method?: string
  path?: string
  status?: number | 'aborted'
  duration_ms?: number
  error?: string
  alert_id?: string
}

/** All lines of the server's log that are JSON. */
export function logLines(server: RunningServer): LogLine[] {
  return server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}

/** The lines of one request. */
export function linesOf(server: RunningServer, requestId: string | null): LogLine[] {
  return logLines(server).filter((line) => line.request_id === requestId)
}
