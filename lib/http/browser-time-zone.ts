import { TIME_ZONE_FIELD } from '#lib/gate/form-fields.ts'
import { timeZoneSchema } from '#lib/text-schema.ts'

/** The time zone that a form's browser has; undefined for one that this server does not know. */
export function getBrowserTimeZone(form: FormData): string | undefined {
  return timeZoneSchema.safeParse(form.get(TIME_ZONE_FIELD)).data ?? undefined
}
