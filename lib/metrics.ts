import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** From what a hash at a low cost takes, up to the patience of clients. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Gauges whose values are asked for when somebody looks, and their label, if any. */
const GAUGES = {
  taskward_password_queue_length: { help: 'Requests with a password that wait for their turn.', label: null },
  taskward_password_workers_busy: { help: 'Threads that are hashing a password.', label: null },
  taskward_database_pool_connections: {
    help: 'Connections, and requests that wait for one.',
    label: 'state',
  },
  taskward_database_up: { help: 'Whether requests find the database usable.', label: null },
} as const

/** A gauge's value, or one for each value of its label. */
type Reading = number | Record<string, number>

function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const readings = new Map<string, () => Reading>()
  for (const [name, { help, label }] of Object.entries(GAUGES)) {
    new Gauge({
      name,
      help,
      registers,
      labelNames: label ? [label] : [],
      collect() {
        const reading = readings.get(name)?.() ?? {}
        if (typeof reading === 'number') return this.set(reading)
        for (const [value, count] of Object.entries(reading)) this.set({ [label ?? '']: value }, count)
      },
    })
  }
  return {
    registry,
    readings,
    requests: new Counter({
      name: 'taskward_http_requests_total',
      help: 'Requests that were answered, or whose client left (status "aborted").',
      labelNames: ['surface', 'route', 'method', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'taskward_http_request_duration_seconds',
      help: 'From the head of a request to the end of its answer.',
      labelNames: ['surface', 'route'],
      buckets: SECONDS,
      registers,
    }),
    authEvents: new Counter({
      name: 'taskward_auth_events_total',
      help: 'Events of the audit trail: what happened, how it went, and why not.',
      labelNames: ['type', 'outcome', 'reason'],
      registers,
    }),
    throttleHits: new Counter({
      name: 'taskward_throttle_hits_total',
      help: 'Attempts that a throttle refused.',
      labelNames: ['limit'],
      registers,
    }),
    jobSuccess: new Gauge({
      name: 'taskward_job_last_success_timestamp_seconds',
      help: 'When each job of this process last ended well.',
      labelNames: ['name'],
      registers,
    }),
    passwordSeconds: new Histogram({
      name: 'taskward_password_seconds',
      help: 'How long requests with a password waited for their turn, and how long passwords were hashed.',
      labelNames: ['step'],
      buckets: SECONDS,
      registers,
    }),
  }
}

// Each bundle of a route holds this module once more; the counts are the process's.
const KEY = Symbol.for('taskward.metrics')
const holder = globalThis as typeof globalThis & { [KEY]?: ReturnType<typeof createMetrics> }

/**
 * What this process counts. Every label has a closed set of values, so that no client can make the series grow:
 * never a user, an address or a path as it was typed. None is called `job` or `instance`: Prometheus sets these itself,
 * and renames ours.
 */
export function metrics(): ReturnType<typeof createMetrics> {
  holder[KEY] ??= createMetrics()
  return holder[KEY]
}

/** Says where a gauge gets its value from whenever the metrics are read; the last one to say so is asked. */
export function gauge(name: keyof typeof GAUGES, read: () => Reading): void {
  metrics().readings.set(name, read)
}

/** Watches memory, garbage collection and the delay of the event loop from now on. To be called once. */
export function watchProcess(): void {
  collectDefaultMetrics({ register: metrics().registry })
}
