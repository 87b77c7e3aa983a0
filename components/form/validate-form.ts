import { zodResolver } from '@hookform/resolvers/zod'
import { createFormControl, type FieldErrors, type FieldValues } from 'react-hook-form'
import type { z } from 'zod'
import type { FieldIssue } from '#lib/failure.ts'
import { describeIssue } from '#lib/form-state.ts'

/** @returns every invalid field, in the words that the server uses */
export async function validateForm(
  values: FieldValues,
  schema: z.ZodType<unknown, FieldValues>,
): Promise<FieldIssue[]> {
  const { handleSubmit } = createFormControl({
    resolver: zodResolver(schema),
    defaultValues: values,
    shouldFocusError: false,
  })
  let issues: FieldIssue[] = []
  const ignore = () => {}
  await handleSubmit(ignore, (errors) => {
    issues = toIssues(errors)
  })()
  return issues
}

function toIssues(errors: FieldErrors): FieldIssue[] {
  return Object.entries(errors).map(([field, error]) =>
    describeIssue({ field, issue: typeof error?.message === 'string' ? error.message : '' }),
  )
}
