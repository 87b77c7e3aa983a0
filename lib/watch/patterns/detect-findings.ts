import { db, type Tx } from '#lib/db/client.ts'
import type { CandidateFinding } from './candidate-finding.ts'
import { coveredBy, coveredByFindings } from './covered-failures.ts'
import { detectAccountFailures } from './detect-account-failures.ts'
import { detectAddressFailures } from './detect-address-failures.ts'
import { detectLoginAfterFailures } from './detect-login-after-failures.ts'
import { detectPasswordSpraying } from './detect-password-spraying.ts'
import { detectRefreshTokenReuse } from './detect-refresh-token-reuse.ts'
import { detectSessionTwoNetworks } from './detect-session-two-networks.ts'
import { detectSignupBurst } from './detect-signup-burst.ts'
import { getWindow } from './window.ts'

/** Seven patterns (docs/decisions/0014-the-watch.md). Events that one pattern covers do not count for a wider one. */
export async function detectFindings(now: Date, tx: Tx = db()): Promise<CandidateFinding[]> {
  const since = earliestWindow(now)
  const spraying = await detectPasswordSpraying(tx, now)
  const sprayed = [
    ...coveredBy(spraying),
    ...(await coveredByFindings(tx, { pattern: 'password_spraying', since })),
  ]
  const addresses = await detectAddressFailures(tx, now, { covered: sprayed })
  const covered = [
    ...sprayed,
    ...coveredBy(addresses),
    ...(await coveredByFindings(tx, { pattern: 'address_failures', since })),
  ]
  const reuse = await detectRefreshTokenReuse(tx, now)
  const reused = reuse.map(({ subject }) => subject)
  return [
    ...spraying,
    ...addresses,
    ...(await detectAccountFailures(tx, now, { covered })),
    ...(await detectLoginAfterFailures(tx, now)),
    ...reuse,
    ...(await detectSessionTwoNetworks(tx, now, { endedSessions: reused })),
    ...(await detectSignupBurst(tx, now)),
  ]
}

function earliestWindow(now: Date): Date {
  const windows = [getWindow('address_failures', now), getWindow('account_failures', now)]
  return new Date(Math.min(...windows.map(({ startsAt }) => startsAt.getTime())))
}
