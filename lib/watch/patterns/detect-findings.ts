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
import { windowOf } from './window.ts'

/**
 * The suspicious patterns in the events up to `now`, each within its window (decision 0014). What one pattern explains
 * is not told again by a wider one: networks come before accounts, reuse before two networks.
 */
export async function detectFindings(now: Date, tx: Tx = db()): Promise<CandidateFinding[]> {
  const spraying = await detectPasswordSpraying(tx, now)
  const sprayed = [
    ...coveredBy(spraying),
    ...(await coveredByFindings(tx, 'password_spraying', earliest(now))),
  ]
  const addresses = await detectAddressFailures(tx, now, sprayed)
  const explained = [
    ...sprayed,
    ...coveredBy(addresses),
    ...(await coveredByFindings(tx, 'address_failures', earliest(now))),
  ]
  const reuse = await detectRefreshTokenReuse(tx, now)
  const reused = reuse.map(({ subject }) => subject)
  return [
    ...spraying,
    ...addresses,
    ...(await detectAccountFailures(tx, now, explained)),
    ...(await detectLoginAfterFailures(tx, now)),
    ...reuse,
    ...(await detectSessionTwoNetworks(tx, now, reused)),
    ...(await detectSignupBurst(tx, now)),
  ]
}

/** Before it there is no failure that anybody asks about. */
function earliest(now: Date): Date {
  const windows = [windowOf('address_failures', now), windowOf('account_failures', now)]
  return new Date(Math.min(...windows.map(({ startsAt }) => startsAt.getTime())))
}
