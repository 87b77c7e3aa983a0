/** The variables that change what Taskward does (docs/configuration.md explains them). */
const SETTINGS = [
  'DATABASE_URL',
  'JWT_SECRET',
  'PASSWORD_PEPPER',
  'AUDIT_SEAL_SECRET',
  'APP_URL',
  'PORT',
  'TRUSTED_PROXY_HOPS',
  'CORS_ORIGINS',
  'COOKIE_PREFIX',
  'ACCESS_TOKEN_TTL_SECONDS',
  'REFRESH_TOKEN_TTL_SECONDS',
  'SESSION_TTL_SECONDS',
  'BCRYPT_COST',
  'RATE_LIMITS',
  'METRICS_TOKEN',
  'AUDIT_RETENTION_DAYS',
  'ALERT_THRESHOLDS',
  'ALERT_WEBHOOK_URL',
  'ALERT_WEBHOOK_SECRET',
  'ALERT_WEBHOOK_ALLOW_PRIVATE',
  'WATCH_INTERVAL_SECONDS',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'SECURITY_CONTACT',
  'LOG_LEVEL',
]

/** Tests depend on no setting of the person who runs them, and never touch that person's database. */
export function forgetSettings(): void {
  for (const name of SETTINGS) delete process.env[name]
}

/** All settings blank, which is as good as not set, and keeps `.env` files from having a say. */
export function blankSettings(): Record<string, string> {
  return Object.fromEntries(SETTINGS.map((name) => [name, '']))
}
