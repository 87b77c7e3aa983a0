import { Notice } from '#components/ui/notice.tsx'
import { PlainLink } from '#components/ui/text-link.tsx'

/** Names the site's address, on a page with a form that may have been opened where forms are refused. */
export function CanonicalAddressNotice({ origin }: { origin: string | null }) {
  if (!origin) return null
  return (
    <div className="mb-5">
      <Notice>
        The address of this site is <PlainLink href={origin}>{origin}</PlainLink>. If your browser shows
        another address, open that link first: forms work only there.
      </Notice>
    </div>
  )
}
