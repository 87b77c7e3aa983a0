import type { Drop, Over } from './plan-drop.ts'

type DragOptions = {
  /** What a drop would mean, or null where a task cannot be dropped. */
  plan: (taskId: string, over: Over) => Drop | null
  onDrop: (taskId: string, drop: Drop) => void
  /** Ends it. */
  signal: AbortSignal
}

type Target = { over: Over; row?: HTMLElement; link?: HTMLElement }

/**
 * Lets a mouse drag the rows of the page. The browser's own drag and drop scrolls the page, draws the row at the pointer
 * and ends at Esc.
 */
export function followDrags({ plan, onDrop, signal }: DragOptions): void {
  let dragged: HTMLElement | null = null
  let marked: HTMLElement | null = null

  function on<Type extends keyof DocumentEventMap>(
    type: Type,
    listener: (event: DocumentEventMap[Type]) => void,
  ) {
    document.addEventListener(type, listener, { signal })
  }

  /** Marks where the task would be dropped (drag.css). */
  function mark(element: HTMLElement | null, position = '') {
    marked?.removeAttribute('data-drop')
    marked = element
    marked?.setAttribute('data-drop', position)
  }

  function planAt(event: DragEvent) {
    const target = targetAt(event)
    const drop = dragged && target && plan(idOf(dragged), target.over)
    return drop && { drop, ...target }
  }

  on('pointerover', ({ target }) => {
    const element = target as Element
    const row = rowOf(element)
    const box = row?.querySelector<HTMLElement>(':scope > div')
    // The text of a description can be selected instead.
    if (row && box) box.draggable = isOpen(row) && !element.closest('p')
  })

  on('dragstart', ({ target, dataTransfer, clientX, clientY }) => {
    dragged = rowOf(target as Element)
    const box = dragged?.querySelector(':scope > div')
    if (!box || !dataTransfer) return
    const { left, top } = box.getBoundingClientRect()
    dataTransfer.setData('text/plain', dragged?.querySelector('.task-text > :first-child')?.textContent ?? '')
    dataTransfer.setDragImage(box, clientX - left, clientY - top)
  })

  on('dragover', (event) => {
    if (!dragged || !event.dataTransfer) return
    // Also where it cannot be dropped, because Firefox opens a dropped title as a link.
    event.preventDefault()
    const planned = planAt(event)
    event.dataTransfer.dropEffect = planned ? 'move' : 'none'
    if (!planned) return mark(null)
    const { over, row, link, drop } = planned
    if (link) mark(link, 'into')
    else if (!('after_id' in drop.fields)) mark(headingOf(row), 'into')
    else mark(row ?? null, 'isBelow' in over && over.isBelow ? 'below' : 'above')
  })

  on('drop', (event) => {
    if (!dragged) return
    event.preventDefault()
    const planned = planAt(event)
    if (planned) onDrop(idOf(dragged), planned.drop)
  })

  on('dragend', () => {
    dragged = null
    mark(null)
  })
}

function targetAt({ target, clientY }: DragEvent): Target | null {
  const link = (target as Element).closest<HTMLAnchorElement>('.task-nav > a')
  if (link) return { over: { path: link.getAttribute('href') ?? '' }, link }
  const row = rowOf(target as Element)
  const box = row?.querySelector(':scope > div')?.getBoundingClientRect()
  if (!row || !box) return null
  return { over: { taskId: idOf(row), isBelow: clientY > box.top + box.height / 2 }, row }
}

function isOpen(row: HTMLElement): boolean {
  return row.querySelector('[role=checkbox][aria-checked=false]') !== null
}

/** The row of a saved task. */
function rowOf(element: Element): HTMLElement | null {
  const row = element.closest<HTMLElement>('.task-board li.task')
  return row && idOf(row) ? row : null
}

function idOf(row: HTMLElement): string {
  return row.querySelector<HTMLButtonElement>('[role=checkbox]')?.value ?? ''
}

/** The heading of the group that the row is in. */
function headingOf(row: Element | null | undefined): HTMLElement | null {
  for (let at = row; at; at = at.previousElementSibling) {
    const heading = at.querySelector<HTMLElement>(':scope > h2')
    if (heading) return heading
  }
  return null
}
