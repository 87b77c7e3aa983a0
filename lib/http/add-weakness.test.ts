import { expect, test, vi } from 'vitest'
import { type FormState, INITIAL_FORM_STATE } from '#lib/form-state.ts'
import { addWeakness } from './add-weakness.ts'

vi.mock('next/headers', () => ({ headers: async () => new Headers() }))

const owner = { email: 'ada@example.com', name: null }
const MIXTURE = { field: 'password', issue: 'Add an upper-case letter and a number.' }
const LISTED = 'Choose a password that is harder to guess: this one is on lists of common passwords.'

function add(password: string, errors: FormState['errors'] = [MIXTURE]) {
  const form = new FormData()
  form.set('password', password)
  return addWeakness({ ...INITIAL_FORM_STATE, errors }, { field: 'password', form, owner })
}

test('adds to a broken rule that the password is easy to guess', async () => {
  expect((await add('password')).errors).toEqual([MIXTURE, { field: 'password', issue: LISTED }])
})

test.each([
  ['without an error of the password', 'password', [{ field: 'email', issue: 'Enter an email.' }]],
  ['if it is an error already', 'Password1', [{ field: 'password', issue: LISTED }]],
  ['to a password that is hard to guess', 'keen badgers', [MIXTURE]],
  ['to a password of seven characters', 'passwor', [MIXTURE]],
  ['to a password of thousands of characters', 'password'.repeat(1000), [MIXTURE]],
])('adds nothing %s', async (_, password, errors) => {
  expect((await add(password, errors)).errors).toEqual(errors)
})

test('adds nothing to a call without a form', async () => {
  const state = { ...INITIAL_FORM_STATE, errors: [MIXTURE] }
  const call = { field: 'password', form: 'password' as unknown as FormData, owner }
  expect(await addWeakness(state, call)).toBe(state)
})
