import { type ReactNode, useEffect, useRef } from 'react'

type ModalDialogProps = { label: string; onClose: () => void; children: ReactNode }

/** Closes by Esc and by a click outside. The browser gives the focus back. */
export function ModalDialog({ label, onClose, children }: ModalDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the browser closes it by Esc.
    <dialog
      ref={dialog}
      aria-label={label}
      className="modal"
      onClose={onClose}
      onClick={({ target }) => target === dialog.current && dialog.current.close()}
    >
      {children}
    </dialog>
  )
}
