import pg from 'pg'
import { isLoopback } from '#lib/env/loopback.ts'
import type { NodeEnv } from '#lib/env/node.ts'
import { log } from '#lib/log.ts'

/** PostgreSQL's clients and later versions of `pg` fall back to clear text in these modes. */
const OPPORTUNISTIC = ['allow', 'prefer']

type Settings = Pick<NodeEnv, 'databaseUrl' | 'databaseDirectUrl' | 'alertWebhook' | 'otlpEndpoint' | 'smtp'>

/** Logs a warning for each setting that sends data to another machine in clear text or to an unverified server. */
export function warnOfClearText({
  databaseUrl,
  databaseDirectUrl,
  alertWebhook,
  otlpEndpoint,
  smtp,
}: Settings): void {
  const databases = { DATABASE_URL: databaseUrl, DATABASE_DIRECT_URL: databaseDirectUrl }
  for (const [name, url] of Object.entries(databases)) {
    if (url && !isProtected(url)) {
      warn(name, 'asks for no TLS that checks the certificate: add ?sslmode=verify-full.')
    }
  }
  if (alertWebhook && isClearText(alertWebhook.url)) {
    warn('ALERT_WEBHOOK_URL', 'begins with http: alerts can be read on their way. Use https.')
  }
  if (otlpEndpoint && isClearText(otlpEndpoint)) {
    warn('OTEL_EXPORTER_OTLP_ENDPOINT', 'begins with http: traces can be read on their way. Use https.')
  }
  if (smtp?.tls === 'none' && !isLoopback(smtp.host)) {
    warn('SMTP_URL', 'has ?tls=none: mails and the links in them can be read on their way. Use TLS.')
  }
}

function warn(setting: string, problem: string): void {
  log().warn({ setting, problem: `${setting} ${problem}` })
}

/** Reads the URL and PGSSLMODE as `pg` does. */
function isProtected(databaseUrl: string): boolean {
  const { host, ssl }: { host: string; ssl: unknown } = new pg.Client({ connectionString: databaseUrl })
  if (host.startsWith('/') || isLoopback(host)) return true
  const mode = new URL(databaseUrl).searchParams.getAll('sslmode').at(-1) ?? ''
  const isUnchecked =
    typeof ssl === 'object' && ssl !== null && 'rejectUnauthorized' in ssl && !ssl.rejectUnauthorized
  return Boolean(ssl) && !isUnchecked && !OPPORTUNISTIC.includes(mode)
}

function isClearText({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !isLoopback(hostname)
}
