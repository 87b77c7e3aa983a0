import { z } from 'zod'
import type { Limit } from '#lib/throttle/limits.ts'

const LIMIT_FORM = /^([a-z._]+)=([1-9]\d{0,8})\/([1-9]\d{0,7})$/

/** A schema for overrides such as `login.pair=10/60,…` (count/seconds) of the named limits. */
export function limitList<Name extends string>(defaults: Record<Name, Limit>) {
  const names = Object.keys(defaults)
  const isName = (name: string | undefined): name is Name => name !== undefined && names.includes(name)
  return z
    .string()
    .default('')
    .transform((text, context) => {
      const overrides: Partial<Record<Name, Limit>> = {}
      if (!text) return overrides
      for (const item of text.split(',')) {
        const [, name, count, seconds] = LIMIT_FORM.exec(item.trim()) ?? []
        if (!isName(name)) {
          context.addIssue(
            `must be a list such as ${names[0]}=10/60 (count/seconds) of these names: ${names.join(', ')}.`,
          )
          return z.NEVER
        }
        overrides[name] = { count: Number(count), seconds: Number(seconds) }
      }
      return overrides
    })
}
