const DEVICES = [
  { name: 'Firefox on Linux', seen: 'This device' },
  { name: 'Safari on iPhone', seen: 'Today at 07:12' },
  { name: 'Chrome on Windows', seen: 'Sunday at 21:40', action: 'Log out' },
]

/** A static picture of the devices that are logged in to an account. */
export function ExampleDevices() {
  return (
    <div className="rounded-2xl border border-line bg-surface px-5 py-4 sm:px-7">
      <p className="font-medium">Devices</p>
      <ul className="mt-1 divide-y divide-line">
        {DEVICES.map(({ name, seen, action }) => (
          <li key={name} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2 text-small">
            <span>{name}</span>
            <span className="text-quiet">
              {seen}
              {action && <span className="ml-3 text-accent underline underline-offset-4">{action}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
