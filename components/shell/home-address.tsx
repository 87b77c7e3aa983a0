import { Notice } from '#components/ui/notice'
import { PlainLink } from '#components/ui/text-link'

/** On a page with a form that may have been opened at an address where forms are refused: where the site lives. */
export function HomeAddress({ origin }: { origin: string | null }) {
  if (!origin) return null
  return (
    <div className="mb-5">
      <Notice>
        This site lives at <PlainLink href={origin}>{origin}</PlainLink>. If your browser shows another
        address, open it there: forms sent from elsewhere are refused.
      </Notice>
    </div>
  )
}
