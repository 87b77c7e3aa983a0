'use client'

import { type SyntheticEvent, useRef, useState } from 'react'

const PAUSE_MS = 300

/**
 * Says how strong the new password in a form with a field "email" is. Spread the result onto its PasswordField.
 * The dictionaries, 500 KB compressed, are loaded when the field gets the focus. Without them nothing is said.
 *
 * @param attempt number of the form's last failed try, after which the field may be empty
 */
export function usePasswordStrength({ attempt, name = null }: { attempt: number; name?: string | null }) {
  const [described, setDescribed] = useState({ attempt, strength: '' })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  async function update(input: HTMLInputElement) {
    const describeStrength = await loadDescribeStrength()
    const email = new FormData(input.form ?? undefined).get('email')
    setDescribed({ attempt, strength: describeStrength?.(input.value, { email: String(email), name }) ?? '' })
  }

  function updateSoon({ currentTarget: input }: SyntheticEvent<HTMLInputElement>) {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => update(input), PAUSE_MS)
  }

  return {
    strength: described.attempt === attempt ? described.strength : '',
    onFocus: updateSoon,
    onInput: updateSoon,
  }
}

async function loadDescribeStrength() {
  try {
    return (await import('#lib/auth/password/describe-strength')).describeStrength
  } catch {
    return null
  }
}
