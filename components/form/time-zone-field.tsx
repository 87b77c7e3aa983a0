import { TIME_ZONE_FIELD } from '#lib/gate/form-fields.ts'

/** Sends the browser's time zone, for an account that has none. */
export function TimeZoneField() {
  return <input type="hidden" name={TIME_ZONE_FIELD} ref={fill} />
}

function fill(field: HTMLInputElement | null) {
  if (field) field.value = new Intl.DateTimeFormat().resolvedOptions().timeZone
}
