import { usePageForms } from '#components/form/page-forms.tsx'
import { useHydrated } from '#components/ui/use-hydrated.tsx'
import { local, type Offset, utc } from '#lib/format-date.ts'
import { offsetOf } from '#lib/time-zone.ts'

/** The account's time zone. While it has chosen none: UTC from the server, then the browser's zone. */
export function useOffset(): Offset {
  const { account } = usePageForms()
  const isHydrated = useHydrated()
  return offsetOf(account?.timeZone) ?? (isHydrated ? local : utc)
}
