import type { Client } from '#lib/actor.ts'
import { deviceName } from '#lib/audit/words/device-name.ts'
import { formatMoment, type Offset, utc } from '#lib/format-date.ts'
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

/** "Tue 24 Nov 2026, 09:05 (Europe/Berlin)", the device in words, and the address. */
export function whenAndWhere({ at, timeZone, client }: Occasion): Block {
  const time = formatMoment(at, offsetOf(timeZone))
  return {
    facts: {
      When: timeZone ? `${time} (${timeZone.replaceAll('_', ' ')})` : time,
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

export function offsetOf(timeZone: string | null): Offset {
  if (!timeZone) return utc
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  return (at) => {
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const [, sign, hours = 0, minutes = 0] = /([+-])(\d\d):(\d\d)/.exec(name) ?? []
    const ahead = Number(hours) * 60 + Number(minutes)
    return sign === '-' ? ahead : -ahead
  }
}
