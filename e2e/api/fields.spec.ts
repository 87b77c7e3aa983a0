import { test } from '@playwright/test'
import { expectInvalid } from '../support/api.ts'
import {
  type BodyEndpoint,
  createBodyEndpoints,
  expectUntouched,
  sendBody,
} from '../support/body-endpoints.ts'

// In order, in one worker: one account and one task for the whole file.
test.describe.configure({ mode: 'default' })

let endpoints: BodyEndpoint[]

test.beforeAll(async () => {
  endpoints = await createBodyEndpoints()
})

test.afterEach(() => expectUntouched(endpoints))

const NO_TEXT = [1, true, [], ['x'], {}, { contains: '@' }, { not: '' }, [{ toString: 'x' }]]
test('what is no text where text belongs is 400 and named', async () => {
  for (const endpoint of endpoints) {
    for (const field of endpoint.fields) {
      for (const value of NO_TEXT) {
        expectInvalid(await sendBody(endpoint, JSON.stringify({ ...endpoint.good, [field]: value })), field)
      }
    }
  }
  const nullable = ['name', 'description']
  for (const endpoint of endpoints) {
    for (const field of endpoint.fields.filter((name) => !nullable.includes(name))) {
      expectInvalid(await sendBody(endpoint, JSON.stringify({ ...endpoint.good, [field]: null })), field)
    }
  }
})

test('is_completed is true or false and nothing like it', async () => {
  for (const endpoint of endpoints.filter(({ method }) => method !== 'POST')) {
    for (const value of ['true', 1, 0, '', [], {}, 'on']) {
      expectInvalid(await sendBody(endpoint, JSON.stringify({ is_completed: value })), 'is_completed')
    }
  }
})

test('text that cannot be stored as it came is 400 and named: NUL and lone surrogates', async () => {
  for (const endpoint of endpoints) {
    for (const field of endpoint.fields) {
      for (const broken of ['a\\ud800b', '\\udc00\\ud800', 'a\\u0000b']) {
        // A NUL in a password is a character like any other.
        if (field === 'password' && broken.includes('u0000')) continue
        const rest = JSON.stringify({ ...endpoint.good, [field]: undefined }).slice(1, -1)
        const body = `{"${field}":"${broken}"${rest && ','}${rest}}`
        expectInvalid(await sendBody(endpoint, body), field)
      }
    }
  }
})

test('10,000 characters are too long for any text', async () => {
  for (const endpoint of endpoints) {
    for (const field of endpoint.fields) {
      const answer = await sendBody(
        endpoint,
        JSON.stringify({ ...endpoint.good, [field]: 'x'.repeat(10_000) }),
      )
      expectInvalid(answer, field)
    }
  }
})
