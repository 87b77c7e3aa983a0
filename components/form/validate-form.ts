import { zodResolver } from '@hookform/resolvers/zod'
import { createFormControl, type FieldError, type FieldErrors, type FieldValues } from 'react-hook-form'
import type { z } from 'zod'
import { describeIssue } from '#lib/describe-issue.ts'
import type { FieldIssue } from '#lib/failure.ts'

/** @returns every issue of every field, in the words that the server uses */
export async function validateForm(
  values: FieldValues,
  schema: z.ZodType<unknown, FieldValues>,
): Promise<FieldIssue[]> {
  const { handleSubmit } = createFormControl({
    resolver: zodResolver(schema),
    defaultValues: values,
    criteriaMode: 'all',
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
  return Object.entries(errors).flatMap(([field, error]) => {
    const { types = {} } = error as FieldError
    const issues = Object.values(types).flat()
    return issues.map((issue) => describeIssue({ field, issue: String(issue) }))
  })
}
