'use client'

import { useEffect, useRef, useState } from 'react'
import type { FieldIssue } from '#lib/failure.ts'

const INTERVAL_MS = 300

type Dictionaries = typeof import('#lib/auth/password/describe-strength.ts')

let loaded: Dictionaries | null = null

/**
 * Describes the strength of a new password in a form with a field "email". Spread `strengthProps` onto its PasswordField.
 * The dictionaries (500 KB compressed) load when the field gets the focus; without them there is no description, and
 * `findErrors` leaves it to the server whether the password is easy to guess.
 *
 * Polls the field, because password managers and `useValidatedForm` change it without an event.
 */
export function usePasswordStrength(fieldName: string, name: string | null = null) {
  const [strength, setStrength] = useState('')
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    let last = ''
    let described = ''
    async function update() {
      const { value: password = '', form } = field.current ?? {}
      const email = String(new FormData(form ?? undefined).get('email'))
      const current = password && `${email} ${password}`
      const isStable = current === last || current === ''
      last = current
      if (!isStable || current === described) return
      described = current
      const dictionaries = current ? await loadDictionaries() : null
      if (current === last) setStrength(dictionaries?.describeStrength(password, { email, name }) ?? '')
    }
    const timer = setInterval(update, INTERVAL_MS)
    return () => clearInterval(timer)
  }, [name])

  function findErrors(form: FormData): FieldIssue[] {
    const [password, email] = [String(form.get(fieldName)), String(form.get('email'))]
    const issue = loaded?.describeIfWeak(password, { email, name })
    return issue ? [{ field: fieldName, issue }] : []
  }

  return { strengthProps: { strength, ref: field, onFocus: loadDictionaries }, findErrors }
}

async function loadDictionaries(): Promise<Dictionaries | null> {
  try {
    loaded = await import('#lib/auth/password/describe-strength.ts')
  } catch {}
  return loaded
}
