import { test } from '@playwright/test'
import { expectInvalid } from '../support/api.ts'
import {
  type BodyEndpoint,
  createBodyEndpoints,
  expectUntouched,
  sendBody,
} from '../support/body-endpoints.ts'

// One worker for the whole file, because the tests share an account and a task.
test.describe.configure({ mode: 'default' })

let endpoints: BodyEndpoint[]

test.beforeAll(async () => {
  endpoints = await createBodyEndpoints()
})

test.afterEach(() => expectUntouched(endpoints))

const NOT_STRINGS = [1, true, [], ['x'], {}, { contains: '@' }, { not: '' }, [{ toString: 'x' }]]
test('a value that is no string gets 400 with the name of the field', async () => {
  for (const endpoint of endpoints) {
    for (const field of endpoint.fields) {
      for (const value of NOT_STRINGS) {
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

test('is_completed that is no boolean gets 400', async () => {
  for (const endpoint of endpoints.filter(({ method }) => method !== 'POST')) {
    for (const value of ['true', 1, 0, '', [], {}, 'on']) {
      expectInvalid(await sendBody(endpoint, JSON.stringify({ is_completed: value })), 'is_completed')
    }
  }
})

test('text with a NUL or a lone surrogate gets 400 with the name of the field', async () => {
  for (const endpoint of endpoints) {
    for (const field of endpoint.fields) {
      for (const broken of ['a\\ud800b', '\\udc00\\ud800', 'a\\u0000b']) {
        // A password may contain a NUL.
        if (field === 'password' && broken.includes('u0000')) continue
        const rest = JSON.stringify({ ...endpoint.good, [field]: undefined }).slice(1, -1)
        const body = `{"${field}":"${broken}"${rest && ','}${rest}}`
        expectInvalid(await sendBody(endpoint, body), field)
      }
    }
  }
})

test('text of 10,000 characters gets 400 with the name of the field', async () => {
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
