'use client'

import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { controlProps, Field, type FieldTexts } from './field.tsx'
import { useHydrated } from './use-hydrated.tsx'

type PasswordFieldProps = Omit<ComponentProps<'input'>, 'id' | 'name' | 'type'> &
  FieldTexts & {
    name: string
    id?: string
    /** The password's strength in words. An empty string reserves the space for them. */
    strength?: string
  }

/** Without JavaScript it has no button "Show". */
export function PasswordField({
  label,
  hint,
  error,
  strength,
  id,
  className = '',
  ...input
}: PasswordFieldProps) {
  const fieldId = id ?? input.name
  const [visible, setVisible] = useState(false)
  const toggle = useRef<HTMLButtonElement>(null)
  const hydrated = useHydrated()

  // The browser could remember a visible password as an ordinary form value.
  useEffect(() => {
    const form = toggle.current?.form
    if (!visible || !form) return
    const hide = () => setVisible(false)
    form.addEventListener('submit', hide)
    return () => form.removeEventListener('submit', hide)
  }, [visible])

  return (
    <Field id={fieldId} label={label} hint={hint} error={error}>
      <div className="relative">
        <input
          autoCapitalize="none"
          spellCheck={false}
          {...input}
          {...controlProps(fieldId, { hint, error })}
          type={visible ? 'text' : 'password'}
          className={`control h-11 pr-17 ${className}`}
        />
        <button
          ref={toggle}
          type="button"
          aria-controls={fieldId}
          onClick={() => setVisible(!visible)}
          className={`show-password ${hydrated ? '' : 'invisible'}`}
        >
          {visible ? 'Hide' : 'Show'}
        </button>
      </div>
      {strength !== undefined && (
        <p aria-live="polite" className="field-strength">
          {strength}
        </p>
      )}
    </Field>
  )
}
