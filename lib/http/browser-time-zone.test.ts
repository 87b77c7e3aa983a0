import { expect, test } from 'vitest'
import { TIME_ZONE_FIELD } from '#lib/gate/form-fields.ts'
import { getBrowserTimeZone } from './browser-time-zone.ts'

test.each([
  ['Pacific/Kiritimati', 'Pacific/Kiritimati'],
  ['', undefined],
  ['Etc/Unknown', undefined],
  ['+02:00', undefined],
  ['x'.repeat(10_000), undefined],
])('the time zone %j of a browser is %j', (sent, expected) => {
  const form = new FormData()
  form.set(TIME_ZONE_FIELD, sent)
  expect(getBrowserTimeZone(form)).toBe(expected)
})

test('a form without the field has no time zone', () => {
  expect(getBrowserTimeZone(new FormData())).toBeUndefined()
})
