/** Files that any file may import: constants, types and pure functions. */
export const SHARED = [
  'lib/actor.ts',
  'lib/result.ts',
  'lib/failure.ts',
  'lib/jitless-zod.ts',
  'lib/text-schema.ts',
  'lib/visible-text.ts',
  'lib/time.ts',
  'lib/format-date.ts',
  'lib/time-zone.ts',
  'lib/time-zone-names.ts',
  'lib/page.ts',
  'lib/escape-html.ts',
  'lib/uuid.ts',
  'lib/keep-newest.ts',
  'lib/auth/policy.ts',
  'lib/throttle/limits.ts',
  'lib/watch/patterns/thresholds.ts',
]

/** Files that count and time what other files do. They import none of the project. */
export const OBSERVABILITY = ['lib/metrics.ts', 'lib/trace.ts']

/** The folders of lib that a folder may import, besides itself and the shared files. */
export const ALLOWED_IMPORTS: Record<string, string[]> = {
  'lib/gate/': ['lib/env/'],
  'lib/audit/': ['lib/db/', 'lib/env/', 'lib/log.ts', ...OBSERVABILITY],
  'lib/watch/': ['lib/audit/', 'lib/db/', 'lib/env/', 'lib/log.ts', ...OBSERVABILITY],
  'lib/throttle/': ['lib/db/', 'lib/env/', ...OBSERVABILITY],
  // lib/gate has the keys that are derived from JWT_SECRET.
  'lib/mail/': [
    'lib/gate/signing-keys.ts',
    'lib/audit/',
    'lib/throttle/',
    'lib/db/',
    'lib/env/',
    'lib/format-date.ts',
    'lib/log.ts',
    ...OBSERVABILITY,
  ],
  'lib/auth/': [
    'lib/gate/',
    'lib/mail/',
    'lib/audit/',
    'lib/throttle/',
    'lib/db/',
    'lib/env/',
    ...OBSERVABILITY,
  ],
  'lib/operator/': ['lib/auth/', 'lib/mail/', 'lib/audit/', 'lib/throttle/', 'lib/db/'],
  'lib/tasks/': ['lib/audit/', 'lib/db/'],
  'lib/live/': [
    'lib/auth/session/',
    'lib/tasks/journal/',
    'lib/http/change-body.ts',
    'lib/db/',
    'lib/alarm.ts',
    'lib/log.ts',
    ...OBSERVABILITY,
  ],
  'lib/db/': ['lib/env/', ...OBSERVABILITY],
  'lib/env/': [],
}

/** Imports that are allowed one by one. One that no file needs is a violation, too. */
export const EXCEPTIONS: { from: string; to: string; because: string }[] = [
  {
    from: 'lib/auth/actor.ts',
    to: 'lib/http/client.ts',
    because: 'reads the address and the cookies of the current request',
  },
  {
    from: 'lib/auth/actor.ts',
    to: 'lib/http/drafts.ts',
    because: 'saves the text of a form before it redirects to the log-in page',
  },
  {
    from: 'lib/auth/next-auth.ts',
    to: 'lib/http/session-cookies.ts',
    because: 'overwrites the cookie that the auth library sets',
  },
  {
    from: 'app/api/health/route.ts',
    to: 'lib/db/outage.ts',
    because: 'reports whether the database is available',
  },
]
