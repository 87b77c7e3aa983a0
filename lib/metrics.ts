import { type Aggregator, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** `aggregator`: how several processes make one value (lib/cluster/collect-metrics.ts). */
type GaugeOptions = { help: string; label: string | null; aggregator?: Aggregator }

const GAUGES = {
  taskward_password_queue_length: { help: 'Requests that wait for a password worker.', label: null },
  taskward_password_workers_busy: { help: 'Threads that are hashing a password.', label: null },
  taskward_database_pool_connections: {
    help: 'Connections of the database pool, and requests that wait for one.',
    label: 'state',
  },
  taskward_database_up: {
    help: '1 while the database is available, else 0.',
    label: null,
    aggregator: 'min',
  },
  taskward_change_streams: { help: 'Open streams of changes.', label: null },
  taskward_mails: {
    help: 'Mails that wait to be sent, that wait for more than ten minutes, and that were not delivered.',
    label: 'state',
    aggregator: 'max',
  },
} as const satisfies Record<string, GaugeOptions>

type GaugeValue = number | Record<string, number>

function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const gaugeReaders = new Map<string, () => GaugeValue>()
  for (const [name, { help, label, aggregator = 'sum' }] of Object.entries<GaugeOptions>(GAUGES)) {
    new Gauge({
      name,
      help,
      registers,
      aggregator,
      labelNames: label ? [label] : [],
      collect() {
        const value = gaugeReaders.get(name)?.() ?? {}
        if (typeof value === 'number') return this.set(value)
        for (const [labelValue, count] of Object.entries(value))
          this.set({ [label ?? '']: labelValue }, count)
      },
    })
  }
  return {
    registry,
    gaugeReaders,
    requests: new Counter({
      name: 'taskward_http_requests_total',
      help: 'Requests that were answered, or aborted by the client (status "aborted").',
      labelNames: ['surface', 'route', 'method', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'taskward_http_request_duration_seconds',
      help: 'Seconds from the head of a request to the end of its response.',
      labelNames: ['surface', 'route'],
      buckets: SECONDS,
      registers,
    }),
    authEvents: new Counter({
      name: 'taskward_auth_events_total',
      help: 'Events of the audit trail by type, outcome and reason of a failure.',
      labelNames: ['type', 'outcome', 'reason'],
      registers,
    }),
    throttleHits: new Counter({
      name: 'taskward_throttle_hits_total',
      help: 'Attempts that a throttle refused.',
      labelNames: ['limit'],
      registers,
    }),
    mailOutcomes: new Counter({
      name: 'taskward_mail_outcomes_total',
      help: 'Attempts to send a mail by its kind: sent, postponed, or the reason why it was given up.',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    jobSuccess: new Gauge({
      name: 'taskward_job_last_success_timestamp_seconds',
      help: 'Unix time at which each job of this process last succeeded.',
      labelNames: ['name'],
      aggregator: 'max',
      registers,
    }),
    passwordSeconds: new Histogram({
      name: 'taskward_password_seconds',
      help: 'Seconds that a request waited for a password worker, and that hashing took.',
      labelNames: ['step'],
      buckets: SECONDS,
      registers,
    }),
  }
}

// Each bundle has its own copy of this module. The counts belong to the process.
const KEY = Symbol.for('taskward.metrics')
const holder = globalThis as typeof globalThis & { [KEY]?: ReturnType<typeof createMetrics> }

/** Labels have closed sets of values: never a user, an address or a raw path. Prometheus sets `job` and `instance`. */
export function metrics(): ReturnType<typeof createMetrics> {
  holder[KEY] ??= createMetrics()
  return holder[KEY]
}

export function gauge(name: keyof typeof GAUGES, read: () => GaugeValue): void {
  metrics().gaugeReaders.set(name, read)
}

export function watchProcess(): void {
  collectDefaultMetrics({ register: metrics().registry })
}
