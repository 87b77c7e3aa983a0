'use client'

import { writeCookie } from '#components/browser/optional-apis.ts'
import { CheckboxField } from '#components/ui/checkbox-field.tsx'
import { useHydrated } from '#components/ui/use-hydrated.tsx'
import { DAY_SECONDS } from '#lib/time.ts'

const YEAR_SECONDS = 365 * DAY_SECONDS

/**
 * Switches the shortcuts of this browser off and on. Hidden without JavaScript, which they need.
 * @param cookie the name of the cookie that remembers it
 */
export function ShortcutsSwitch({ cookie }: { cookie: string }) {
  const hydrated = useHydrated()

  function change(on: boolean) {
    document.documentElement.dataset.shortcuts = on ? 'on' : 'off'
    const secure = window.location.protocol === 'https:' ? '; Secure' : ''
    const maxAge = on ? 0 : YEAR_SECONDS
    writeCookie(`${cookie}=off; Path=/; Max-Age=${maxAge}; SameSite=Lax${secure}`)
  }

  if (!hydrated) return null
  return (
    <CheckboxField
      name="shortcuts"
      label="Use keyboard shortcuts in this browser"
      // The layout has read the cookie.
      defaultChecked={document.documentElement.dataset.shortcuts !== 'off'}
      onChange={({ target }) => change(target.checked)}
    />
  )
}
