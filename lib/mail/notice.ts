import type { Client } from '#lib/actor.ts'
import { deviceName } from '#lib/audit/words/device-name.ts'
import { formatMoment, utc } from '#lib/format-date.ts'
import { offsetOf } from '#lib/time-zone.ts'
import type { Block } from './layout.ts'

/** What every notice to an account's owner knows of what happened. */
export type Occasion = {
  at: Date
  /** The account's, an IANA name. */
  timeZone: string | null
  /** Null if an administrator did it. */
  client: Client | null
}

export type Notice = Occasion & {
  /** Of the link that secures the account. */
  token: string
}

/** @returns "Tue 24 Nov 2026, 09:05 (Europe/Berlin)", or with UTC for an account without a zone */
function formatMomentIn(timeZone: string | null, at: Date): string {
  const offset = offsetOf(timeZone)
  const time = formatMoment(at, offset ?? utc)
  return offset && timeZone ? `${time} (${timeZone.replaceAll('_', ' ')})` : time
}

/** When it was, the device in words, and its address. */
export function whenAndWhere({ at, timeZone, client }: Occasion): Block {
  return {
    facts: {
      When: formatMomentIn(timeZone, at),
      ...(client && { Device: deviceName(client.userAgent), Network: client.ipAddress ?? 'unknown' }),
    },
  }
}

/** What to do if the recipient did not do it. @param condition "If it wasn’t you" */
export function secureAccount(condition: string, { token }: Notice): Block[] {
  return [
    `${condition}, secure your account. This logs out all devices, and the password stops working. The link works for seven days. Don’t forward this email: the link opens your account.`,
    { button: 'Secure my account', path: '/secure-account', query: { token } },
  ]
}
