'use client'

import { useEffect, useRef, useState } from 'react'

const INTERVAL_MS = 300

/**
 * Describes the strength of a new password in a form with a field "email". Spread the result onto its PasswordField. The
 * dictionaries (500 KB compressed) load when the field gets the focus; without them there is no description.
 *
 * Polls the field, because password managers and `useValidatedForm` change it without an event.
 */
export function usePasswordStrength(name: string | null = null) {
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
      const describeStrength = current ? await loadDescribeStrength() : null
      if (current === last) setStrength(describeStrength?.(password, { email, name }) ?? '')
    }
    const timer = setInterval(update, INTERVAL_MS)
    return () => clearInterval(timer)
  }, [name])

  return { strength, ref: field, onFocus: loadDescribeStrength }
}

async function loadDescribeStrength() {
  try {
    return (await import('#lib/auth/password/describe-strength.ts')).describeStrength
  } catch {
    return null
  }
}
