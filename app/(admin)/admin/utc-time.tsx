const toMinute = {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
} as const
const byMinute = new Intl.DateTimeFormat('en-GB', toMinute)
const bySecond = new Intl.DateTimeFormat('en-GB', { ...toMinute, second: '2-digit' })

/** In UTC, like the server's logs. `exact` adds the seconds. */
export function UtcTime({ at, exact = false }: { at: Date; exact?: boolean }) {
  return (
    <time
      dateTime={at.toISOString()}
      title={`${bySecond.format(at)} UTC`}
      className="whitespace-nowrap tabular-nums"
    >
      {(exact ? bySecond : byMinute).format(at)}
    </time>
  )
}
