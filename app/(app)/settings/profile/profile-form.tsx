'use client'

import { useEffect, useState } from 'react'
import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { FormTitle } from '#components/form/form-title.tsx'
import { useValidatedForm } from '#components/form/use-validated-form.tsx'
import { SelectField } from '#components/ui/select-field.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { presentName, timeZoneOptions } from '#lib/time-zone-names.ts'
import { saveProfileAction } from './actions.ts'

type ProfileFormProps = { name: string; timeZone: string; timeZones: string[] }

export function ProfileForm({ name, timeZone, timeZones }: ProfileFormProps) {
  const { state, pending, field, formProps } = useValidatedForm(saveProfileAction, {
    name: 'profile',
    loadSchema: async () => (await import('#lib/auth/schema.ts')).profileSchema,
  })
  const guess = useTimeZoneGuess(timeZones)
  const isGuessed = timeZone === '' && guess !== null
  const nameField = field('name')
  const zoneField = field('time_zone')
  return (
    <ActionForm {...formProps} className="grid gap-5">
      <FormTitle state={state}>Profile</FormTitle>
      <FormErrors state={state} fields={['name', 'time_zone']} />
      <TextField
        label="Name"
        autoComplete="name"
        {...nameField}
        defaultValue={nameField.defaultValue ?? name}
      />
      <SelectField
        key={isGuessed ? 'guessed' : 'saved'}
        label="Time zone"
        hint={isGuessed ? 'Taken from your browser. Save to keep it.' : undefined}
        options={[['', 'Not chosen'], ...timeZoneOptions(timeZones)]}
        {...zoneField}
        defaultValue={zoneField.defaultValue ?? (timeZone || guess || '')}
      />
      <SubmitButton pending={pending} pendingText="Saving…">
        Save
      </SubmitButton>
    </ActionForm>
  )
}

/** The browser's time zone, once the page is hydrated. */
function useTimeZoneGuess(timeZones: string[]): string | null {
  const [guess, setGuess] = useState<string | null>(null)
  useEffect(() => {
    const name = presentName(new Intl.DateTimeFormat().resolvedOptions().timeZone)
    if (timeZones.includes(name)) setGuess(name)
  }, [timeZones])
  return guess
}
