import { useHydrated } from '#components/ui/use-hydrated.tsx'
import type { Found } from '#lib/tasks/quick/preview-lines.ts'

/** Many lines may have many. */
const MOST = 12

type QuickChipsProps = {
  found: Found[]
  news: string
  hasRoom: boolean
  onIgnore: (found: Found) => void
}

/** What was read in the field "New task", each with a button that takes it back into the title. */
export function QuickChips({ found, news, hasRoom, onIgnore }: QuickChipsProps) {
  const isHydrated = useHydrated()
  const others = found.length - MOST
  return (
    <>
      {hasRoom && (
        <div className="quick-chips">
          {found.slice(0, MOST).map((one) => (
            <button
              key={one.label}
              type="button"
              dir="auto"
              aria-label={`Ignore ${one.label}`}
              onClick={() => onIgnore(one)}
            >
              {one.label}
            </button>
          ))}
          {others > 0 && <span>and {others} more</span>}
        </div>
      )}
      {isHydrated && (
        <p aria-live="polite" className="sr-only">
          {news}
        </p>
      )}
    </>
  )
}
