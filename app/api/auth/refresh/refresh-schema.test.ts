import { expect, test } from 'vitest'
import { refreshSchema } from './refresh-schema.ts'

test.each([[''], [undefined], [null], [7], ['a\0'], ['\ud800'], ['a'.repeat(1025)]])(
  'refuses the malformed refresh token %j',
  (token) => {
    expect(refreshSchema.safeParse({ refresh_token: token }).success).toBe(false)
  },
)

test('accepts any other text as a refresh token, for the database to decide', () => {
  expect(refreshSchema.parse({ refresh_token: 'x' })).toEqual({ refreshToken: 'x' })
})
