import { expect, test } from 'vitest'
import { announcement } from './announce.ts'

test.each([
  [undefined, 'http://localhost:3000'],
  ['http://localhost:3000/', 'http://localhost:3000'],
  ['https://tasks.example.org', 'https://tasks.example.org, behind it http://localhost:3000'],
  ['http://localhost:8080', 'http://localhost:8080, behind it http://localhost:3000'],
])('with APP_URL %s a start announces %s', (APP_URL, address) => {
  expect(announcement('3000', { APP_URL })).toBe(`Taskward is ready: ${address}`)
})
