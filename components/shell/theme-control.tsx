'use client'

import { writeCookie } from '#components/browser/optional-apis.ts'
import { useHydrated } from '#components/ui/use-hydrated.tsx'
import { DAY_SECONDS } from '#lib/time.ts'
import { THEMES, type Theme } from './theme.tsx'

const LABELS: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' }
const YEAR_SECONDS = 365 * DAY_SECONDS

/**
 * Changes the theme and remembers it in a cookie. Hidden without JavaScript, where the theme follows the system.
 * @param cookie the name of the cookie
 */
export function ThemeControl({ theme, cookie }: { theme: Theme; cookie: string }) {
  const hydrated = useHydrated()
  return (
    <fieldset className={hydrated ? undefined : 'invisible'}>
      <legend>Theme:</legend>
      {THEMES.map((choice) => (
        <label key={choice} className="theme-choice">
          <input
            type="radio"
            name="theme"
            value={choice}
            defaultChecked={choice === theme}
            onChange={() => setTheme(choice, cookie)}
          />
          {LABELS[choice]}
        </label>
      ))}
    </fieldset>
  )
}

function setTheme(theme: Theme, cookie: string) {
  document.documentElement.dataset.theme = theme
  const secure = window.location.protocol === 'https:' ? '; Secure' : ''
  writeCookie(`${cookie}=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`)
}
