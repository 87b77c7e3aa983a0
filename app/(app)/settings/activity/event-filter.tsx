import { HydrationSafeForm } from '#components/form/hydration-safe-form.tsx'
import { Button } from '#components/ui/button.tsx'
import { SelectField } from '#components/ui/select-field.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { type ActivityView, KINDS, TIMES } from '#lib/audit/words/activity-filter.ts'

/** A GET form, so that every choice has an address of its own. */
export function EventFilter({ view, timeZone }: { view: ActivityView; timeZone: string | null }) {
  const zone = timeZone ? '' : ' (UTC)'
  return (
    <HydrationSafeForm
      name="event-filter"
      action="/settings/activity"
      className="group flex flex-wrap items-end gap-x-4 gap-y-3"
    >
      <div className="min-w-[min(14rem,100%)] grow sm:grow-0">
        <SelectField name="kind" label="Kind" options={optionsOf(KINDS)} defaultValue={view.kind} />
      </div>
      <div className="min-w-[min(10rem,100%)] grow sm:grow-0">
        <SelectField name="time" label="Time" options={optionsOf(TIMES)} defaultValue={view.time} />
      </div>
      {/* Shown by CSS alone, so that it works without JavaScript. */}
      <div className="hidden w-full min-w-0 flex-wrap gap-x-4 gap-y-3 group-has-[[value=days]:checked]:flex sm:w-auto">
        <div className="min-w-[min(10rem,100%)] grow sm:grow-0">
          <TextField type="date" name="from" label={`From${zone}`} defaultValue={view.from} />
        </div>
        <div className="min-w-[min(10rem,100%)] grow sm:grow-0">
          <TextField type="date" name="to" label={`To${zone}`} defaultValue={view.to} />
        </div>
      </div>
      <Button variant="quiet">Apply</Button>
    </HydrationSafeForm>
  )
}

function optionsOf(choices: Record<string, { label: string }>) {
  return Object.entries(choices).map(([value, { label }]) => [value, label] as const)
}
