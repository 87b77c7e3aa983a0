import type { DialogProps } from './keyboard.tsx'
import { ModalDialog } from './modal-dialog.tsx'

/** For a page without a change to undo. */
export default function EarlierChanges({ onClose }: Pick<DialogProps, 'onClose'>) {
  return (
    <ModalDialog label="Earlier changes" onClose={onClose}>
      <h2>Earlier changes</h2>
      <p>
        You can undo them in the <a href="/tasks/history">history</a>.
      </p>
    </ModalDialog>
  )
}
