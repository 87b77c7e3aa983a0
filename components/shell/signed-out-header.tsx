import { QuietLink } from './quiet-link.tsx'
import { Wordmark } from './wordmark.tsx'

type SignedOutHeaderProps = {
  /** The one link at the right; none on pages where it would lead nowhere new. */
  link?: { href: string; text: string }
}

/** The header for visitors who are signed out. */
export function SignedOutHeader({ link }: SignedOutHeaderProps) {
  return (
    <header className="mx-auto flex w-full max-w-5xl items-center justify-between gap-4 px-4 py-2 sm:px-6 sm:py-3">
      <Wordmark href="/" />
      {link && (
        <nav aria-label="Account" className="-mr-2">
          <QuietLink href={link.href}>{link.text}</QuietLink>
        </nav>
      )}
    </header>
  )
}
