export type IconName = 'tick' | 'pencil' | 'bin' | 'alert'

const STROKES: Record<IconName, string> = {
  tick: 'm4.5 10.5 3.5 3.5 7.5-8',
  pencil: 'm4 16 .7-3.2 8.9-8.9a1.5 1.5 0 0 1 2.1 0l.4.4a1.5 1.5 0 0 1 0 2.1l-8.9 8.9L4 16Zm8-10.5L14.5 8',
  bin: 'M3.5 5.5h13M8 5.5V4a.5.5 0 0 1 .5-.5h3a.5.5 0 0 1 .5.5v1.5m3 0-.6 10a1 1 0 0 1-1 1H6.6a1 1 0 0 1-1-1L5 5.5m3.3 3.5.2 4.5m3.2-4.5-.2 4.5',
  alert: 'M10 6.5v4.25m0 2.75v.01M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z',
}

/** Decorative: hidden from assistive technology, so text has to carry the meaning. */
export function Icon({ name, className = 'size-5' }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
    >
      <path d={STROKES[name]} />
    </svg>
  )
}
