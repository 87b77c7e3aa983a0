import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { checkBlockedNetwork } from '#lib/auth/check-blocked-network.ts'
import { changeEmail } from '#lib/auth/email-change/change-email.ts'
import type { DeadLink, LinkOwner, LinkPurpose, Sought } from '#lib/auth/links/find-link.ts'
import { getLinkOwner } from '#lib/auth/links/get-link-owner.ts'
import { refuseLink } from '#lib/auth/links/refuse-link.ts'
import { takeLink } from '#lib/auth/links/take-link.ts'
import { completeSignUp, getPendingEmail } from '#lib/auth/pending-sign-up/complete-sign-up.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { isUniqueViolation } from '#lib/db/unique-violation.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'

type Request = { client: Client; now: Date }
type Change = (tx: Tx, owner: LinkOwner, request: Request) => Promise<void>

/** What a link of the confirmation page does, by the purpose in its row. */
const CHANGES = { confirm_email: setConfirmed, change_email: changeEmail } satisfies Partial<
  Record<LinkPurpose, Change>
>

const PURPOSES = Object.keys(CHANGES) as (keyof typeof CHANGES)[]

/** For the page that the link opens. @returns the address; null if the link does not work */
export async function getConfirmationEmail(token: string, now: Date): Promise<string | null> {
  const owner = await getLinkOwner({ token, purposes: PURPOSES, now })
  return owner ? owner.email : getPendingEmail(token, now)
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
  const sought = { token, purposes: PURPOSES, now }
  try {
    const email = await db().$transaction(async (tx): Promise<Result<string, DeadLink>> => {
      const link = await takeLink(tx, sought)
      if (link.ok) {
        await CHANGES[link.value.purpose](tx, link.value, { client, now })
        return ok(link.value.email)
      }
      const signedUp = await completeSignUp(tx, { token, client, now })
      return signedUp === null ? link : ok(signedUp)
    })
    return email.ok ? email : refuseLink(email.error, { type: 'email_confirmed', client })
  } catch (error) {
    // The unique index decides between two accounts with links to one address, and between a link and a sign-up.
    if (!isUniqueViolation(error, 'email')) throw error
    return refuseTaken(sought, client)
  }
}

/** Uses the link up as well. */
async function refuseTaken(sought: Sought<(typeof PURPOSES)[number]>, client: Client) {
  await db().$transaction(async (tx) => {
    const link = await takeLink(tx, sought)
    const failure = { type: 'email_confirmed', failureReason: 'email_taken' } as const
    if (link.ok) await record(tx, { ...failure, client, userId: link.value.userId })
  })
  return err({ code: 'INVALID_LINK' } as const)
}

async function setConfirmed(tx: Tx, { userId }: LinkOwner, { client, now }: Request): Promise<void> {
  await tx.user.update({ where: { id: userId }, data: { emailVerified: now }, select: { id: true } })
  await record(tx, { type: 'email_confirmed', client, userId })
}
