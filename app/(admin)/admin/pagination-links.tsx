import { LinkButton } from '#components/ui/link-button.tsx'

type PaginationLinksProps = {
  /** What is paged: the accessible name. */
  name: string
  newest: string | null
  older: string | null
  /** What the ways say, where it is not the age that sorts the list. */
  newestText?: string
  olderText?: string
}

/** The ways through a list that is longer than a page: addresses, or null where there is no such way. */
export function PaginationLinks({
  name,
  newest,
  older,
  newestText = 'Newest',
  olderText = 'Older',
}: PaginationLinksProps) {
  if (newest === null && older === null) return null
  return (
    <nav aria-label={name} className="mt-6 flex flex-wrap gap-2">
      {newest !== null && (
        <LinkButton href={newest} variant="quiet">
          {newestText}
        </LinkButton>
      )}
      {older !== null && (
        <LinkButton href={older} variant="quiet">
          {olderText}
        </LinkButton>
      )}
    </nav>
  )
}
