import { db, type Tx } from '#lib/db/client.ts'
import { explainedBy, explainedByFindings } from './explained.ts'
import { findAccountFailures } from './find-account-failures.ts'
import { findAddressFailures } from './find-address-failures.ts'
import { findLoginAfterFailures } from './find-login-after-failures.ts'
import { findPasswordSpraying } from './find-password-spraying.ts'
import { findRefreshTokenReuse } from './find-refresh-token-reuse.ts'
import { findSessionTwoNetworks } from './find-session-two-networks.ts'
import { findSignupBurst } from './find-signup-burst.ts'
import type { Suspicion } from './suspicion.ts'
import { windowOf } from './window.ts'

/**
 * The suspicious patterns in the events up to `now`, each within its window (decision 0014). What one pattern explains
 * is not told again by a wider one: networks come before accounts, reuse before two networks.
 */
export async function findSuspicious(now: Date, tx: Tx = db()): Promise<Suspicion[]> {
  const spraying = await findPasswordSpraying(tx, now)
  const sprayed = [
    ...explainedBy(spraying),
    ...(await explainedByFindings(tx, 'password_spraying', earliest(now))),
  ]
  const addresses = await findAddressFailures(tx, now, sprayed)
  const explained = [
    ...sprayed,
    ...explainedBy(addresses),
    ...(await explainedByFindings(tx, 'address_failures', earliest(now))),
  ]
  const reuse = await findRefreshTokenReuse(tx, now)
  const reused = reuse.map(({ subject }) => subject)
  return [
    ...spraying,
    ...addresses,
    ...(await findAccountFailures(tx, now, explained)),
    ...(await findLoginAfterFailures(tx, now)),
    ...reuse,
    ...(await findSessionTwoNetworks(tx, now, reused)),
    ...(await findSignupBurst(tx, now)),
  ]
}

/** Before it there is no failure that anybody asks about. */
function earliest(now: Date): Date {
  const windows = [windowOf('address_failures', now), windowOf('account_failures', now)]
  return new Date(Math.min(...windows.map(({ startsAt }) => startsAt.getTime())))
}
