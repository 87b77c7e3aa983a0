import { z } from 'zod'

/** IANA's spelling of a time zone, or null for no choice. Offsets such as `+01:00` are no zones. */
export const timeZoneSchema = z.string('must be text').transform((text, context) => {
  if (text === '') return null
  try {
    if (/^[A-Za-z]/.test(text))
      return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {}
  context.addIssue('must be a time zone such as Europe/Berlin')
  return z.NEVER
})
