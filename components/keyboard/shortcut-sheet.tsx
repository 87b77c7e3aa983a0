import type { DialogProps } from './keyboard.tsx'
import { ModalDialog } from './modal-dialog.tsx'
import { ShortcutTable } from './shortcut-table.tsx'

export default function ShortcutSheet({ onClose }: Pick<DialogProps, 'onClose'>) {
  return (
    <ModalDialog label="Keyboard shortcuts" onClose={onClose}>
      <h2>Keyboard shortcuts</h2>
      {/* First, because it takes the focus: the browser scrolls to it. */}
      <p>
        <a href="/help#keyboard">Switch shortcuts off</a>
      </p>
      <ShortcutTable />
    </ModalDialog>
  )
}
