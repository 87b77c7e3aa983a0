'use client'

import { useEffect, useRef, useState } from 'react'

const INTERVAL_MS = 300

/**
 * Says how strong the new password in a form with a field "email" is. Spread the result onto its PasswordField.
 * The dictionaries, 500 KB compressed, are loaded when the field gets the focus. Without them nothing is said.
 *
 * Reads the field at intervals: password managers, and the form itself after a refusal, change it without an event.
 */
export function usePasswordStrength(name: string | null = null) {
  const [strength, setStrength] = useState('')
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    let seen = ''
    let described = ''
    async function look() {
      const { value: password = '', form } = field.current ?? {}
      const email = String(new FormData(form ?? undefined).get('email'))
      const now = password && `${email} ${password}`
      const isStill = now === seen || now === ''
      seen = now
      if (!isStill || now === described) return
      described = now
      const describeStrength = now ? await loadDescribeStrength() : null
      if (now === seen) setStrength(describeStrength?.(password, { email, name }) ?? '')
    }
    const timer = setInterval(look, INTERVAL_MS)
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
