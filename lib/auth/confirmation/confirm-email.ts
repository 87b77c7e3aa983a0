import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { checkBlockedNetwork } from '#lib/auth/check-blocked-network.ts'
import { findLink, type LinkOwner, type LinkPurpose } from '#lib/auth/links/find-link.ts'
import { refuseLink } from '#lib/auth/links/refuse-link.ts'
import { takeLink } from '#lib/auth/links/take-link.ts'
import { db, type Tx } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'

type Request = { client: Client; now: Date }
type Change = (tx: Tx, owner: LinkOwner, request: Request) => Promise<void>

/** What a link of the confirmation page does, by the purpose in its row. */
const CHANGES = { confirm_email: setConfirmed } satisfies Partial<Record<LinkPurpose, Change>>

const PURPOSES = Object.keys(CHANGES) as (keyof typeof CHANGES)[]

/** For the page that the link opens. Uses nothing up and records nothing. @returns null if the link does not work */
export async function getConfirmationOwner(token: string, now: Date): Promise<LinkOwner | null> {
  const link = await findLink(db(), { token, purposes: PURPOSES, now })
  return link.ok ? link.value : null
}

/**
 * Starts no session: reading a mail proves the address, and not who reads it.
 * @returns the confirmed address; `INVALID_LINK` for any link that does not work; `RATE_LIMITED` for many of them
 */
export async function confirmEmail(
  token: string,
  { client, now }: Request,
): Promise<Result<string, Failure<'INVALID_LINK' | 'RATE_LIMITED'>>> {
  const admitted = await checkBlockedNetwork({ client }, { now })
  if (!admitted.ok) return admitted
  const link = await db().$transaction(async (tx) => {
    const taken = await takeLink(tx, { token, purposes: PURPOSES, now })
    if (taken.ok) await CHANGES[taken.value.purpose](tx, taken.value, { client, now })
    return taken
  })
  return link.ok ? ok(link.value.email) : refuseLink(link.error, { type: 'email_confirmed', client })
}

async function setConfirmed(tx: Tx, { userId }: LinkOwner, { client, now }: Request): Promise<void> {
  await tx.user.update({ where: { id: userId }, data: { emailVerified: now }, select: { id: true } })
  await record(tx, { type: 'email_confirmed', client, userId })
}
