import { formatKey, SHORTCUTS } from './shortcuts.ts'

/** All shortcuts with their keys, as on the help page. */
export function ShortcutTable() {
  return (
    <dl className="shortcuts">
      {SHORTCUTS.map(({ id, keys, label, ...rest }) => (
        <div key={id}>
          <dt>
            <span>{label}</span>
            {'isOfRow' in rest && <span className="sr-only"> (on a task)</span>}
          </dt>
          <dd>
            {keys.map((key, index) => (
              <span key={key}>
                {index > 0 && ' then '}
                <kbd>{formatKey(key)}</kbd>
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
