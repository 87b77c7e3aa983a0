import { PageNotice } from '#components/ui/page-notice.tsx'
import { PlainLink } from '#components/ui/text-link.tsx'

/**
 * Links to the site's own address, outside of which the gate refuses forms.
 * @param origin null if forms work at the address in use
 */
export function CanonicalAddressNotice({ origin }: { origin: string | null }) {
  if (!origin) return null
  return (
    <PageNotice>
      The address of this site is <PlainLink href={origin}>{origin}</PlainLink>. If your browser shows another
      address, open that link first: forms work only there.
    </PageNotice>
  )
}
