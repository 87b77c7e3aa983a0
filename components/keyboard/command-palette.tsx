import { type KeyboardEvent, type SyntheticEvent, useId, useRef, useState } from 'react'
import { type Command, findCommands, listCommands } from './find-commands.ts'
import type { DialogProps } from './keyboard.tsx'
import { ModalDialog } from './modal-dialog.tsx'

/** A combobox with a list of commands (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). */
export default function CommandPalette({ onClose, push, run }: DialogProps) {
  const listId = useId()
  const [commands] = useState(() => [
    ...listCommands({ links: readLinks(), hasTasks: document.querySelector('li.task') !== null }),
    ...readControls(),
  ])
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const chosen = useRef<Command>(undefined)
  const found = findCommands(commands, typed)
  const optionId = (index: number) => `${listId}-${index}`

  function choose(command: Command | undefined, { currentTarget }: SyntheticEvent<HTMLElement>) {
    if (!command) return
    chosen.current = command
    currentTarget.closest('dialog')?.close()
  }

  /** The task that had the focus has it again, and is the one that the command acts on. */
  function onClosed() {
    onClose()
    const command = chosen.current
    if (!command) return
    if ('path' in command) push(command.path)
    else if ('control' in command) command.control.click()
    else run(command.shortcut)
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    // These keys choose among the words of an input method.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') choose(found[active], event)
    else if (event.key === 'ArrowDown') setActive((active + 1) % found.length)
    else if (event.key === 'ArrowUp') setActive((active + found.length - 1) % found.length)
    else return
    event.preventDefault()
  }

  return (
    <ModalDialog label="Find a page or an action" onClose={onClosed}>
      <input
        type="text"
        role="combobox"
        aria-label="Find a page or an action"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={optionId(active)}
        autoComplete="off"
        spellCheck={false}
        placeholder="Find a page or an action"
        className="control h-11"
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label="Commands" className="commands">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the active option.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input handles the keys.
          <div
            key={command.label}
            id={optionId(index)}
            role="option"
            aria-selected={index === active}
            ref={index === active ? scrollIntoView : null}
            onClick={(event) => choose(command, event)}
          >
            {command.label}
            {command.keys && <kbd>{command.keys}</kbd>}
          </div>
        ))}
      </div>
    </ModalDialog>
  )
}

function scrollIntoView(option: HTMLElement | null) {
  option?.scrollIntoView({ block: 'nearest' })
}

/** The navigation of the page, which names the user's lists as well. A count may follow a name. */
function readLinks(): { label: string; path: string }[] {
  return [...document.querySelectorAll<HTMLAnchorElement>('nav:not(.sort-menu nav) a[href^="/"]')].map(
    (link) => ({
      label: (link.firstChild?.textContent ?? '').trim(),
      path: link.getAttribute('href') ?? '/tasks',
    }),
  )
}

/** The themes of the footer and the log-out of the header. */
function readControls(): Command[] {
  const themes = [...document.querySelectorAll<HTMLInputElement>('input[name=theme]')].map((control) => ({
    label: `Theme: ${control.labels?.[0]?.textContent}`,
    control,
  }))
  const logOut = document.querySelector<HTMLElement>('form[action="/logout"] button')
  return [...themes, ...(logOut ? [{ label: 'Log out', control: logOut }] : [])]
}
