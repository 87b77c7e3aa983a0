import { HydrationSafeForm } from '#components/form/hydration-safe-form.tsx'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { SelectField } from '#components/ui/select-field.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { EVENT_TYPES } from '#lib/audit/catalogue.ts'
import { describeEvent } from '#lib/audit/words/describe-event.ts'
import type { readEventQuery } from './event-query.ts'

const NO_DETAILS = { success: true, failureReason: null, ipAddress: null, userAgent: null, details: null }
const KINDS = EVENT_TYPES.map((type) => [type, describeEvent({ ...NO_DETAILS, eventType: type })] as const)
const OUTCOMES = [
  ['success', 'Succeeded'],
  ['failure', 'Failed'],
] as const

type EventFiltersProps = Pick<ReturnType<typeof readEventQuery>, 'typed' | 'errors'>

/** A GET form, so that every search has an address of its own. */
export function EventFilters({ typed, errors }: EventFiltersProps) {
  const field = (name: keyof typeof typed) => ({
    name,
    defaultValue: typed[name],
    ...(errors[name] && { error: errors[name] }),
  })
  return (
    <search>
      <HydrationSafeForm
        name="event-filters"
        action="/admin/events"
        method="get"
        className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-3"
      >
        <SelectField label="Kind" options={[['', 'Any kind'], ...KINDS]} {...field('kind')} />
        <TextField label="User" placeholder="Email or id" autoComplete="off" {...field('user')} />
        <TextField label="Address" autoComplete="off" {...field('address')} />
        <SelectField label="Outcome" options={[['', 'Any outcome'], ...OUTCOMES]} {...field('outcome')} />
        <TextField label="From (UTC)" type="datetime-local" {...field('from')} />
        <TextField label="Until (UTC)" type="datetime-local" {...field('to')} />
        <div className="flex flex-wrap gap-2 sm:col-span-full">
          <Button>Show events</Button>
          {Object.keys(typed).length > 0 && (
            <LinkButton href="/admin/events" variant="plain">
              Clear filters
            </LinkButton>
          )}
        </div>
      </HydrationSafeForm>
    </search>
  )
}
