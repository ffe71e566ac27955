'use client'

/**
 * A window of its own for the chart: Document Picture-in-Picture where there is one, a plain window of
 * this origin elsewhere. It never outlives the page, and must never load anything of its own.
 */
import { useCallback, useEffect, useState } from 'react'

const SIZE = { width: 320, height: 620 }

/** Browsers know it and TypeScript's library does not yet (WICG Document Picture-in-Picture). */
type WithPictureInPicture = Window & {
  documentPictureInPicture?: {
    requestWindow: (size: { width: number; height: number }) => Promise<Window>
  }
}

export interface PopOut {
  /** Where the chart is drawn while it is out; null while it floats over the page. */
  body: HTMLElement | null
  /** Opens the window; answers false where the browser did not let it. */
  open: () => Promise<boolean>
  close: () => void
}

/** @param title of the window */
export function usePopOut(title: string): PopOut {
  const [opened, setOpened] = useState<Window | null>(null)

  useEffect(() => {
    if (opened === null) return
    const gone = (): void => {
      setOpened(null)
    }
    const close = (): void => {
      opened.close()
    }
    opened.addEventListener('pagehide', gone)
    window.addEventListener('pagehide', close)
    return () => {
      opened.removeEventListener('pagehide', gone)
      window.removeEventListener('pagehide', close)
      close()
    }
  }, [opened])

  const open = useCallback(async (): Promise<boolean> => {
    const child = await openWindow(window)
    if (child === null) return false
    dress(child.document, document, title)
    setOpened(child)
    return true
  }, [title])

  return {
    body: opened?.document.body ?? null,
    open,
    close: () => {
      setOpened(null)
    },
  }
}

async function openWindow(page: WithPictureInPicture): Promise<Window | null> {
  if (page.documentPictureInPicture !== undefined) {
    try {
      return await page.documentPictureInPicture.requestWindow(SIZE)
    } catch {
      // Not allowed here (an embedded page, say): a plain window may be.
    }
  }
  const { width, height } = SIZE
  return page.open('', 'attune-class-mood', `popup,width=${String(width)},height=${String(height)}`)
}

/** Gives the empty document this page's looks. */
function dress(child: Document, page: Document, title: string): void {
  child.title = title
  child.head.replaceChildren(child.head.querySelector('title') ?? '')
  child.body.replaceChildren()
  for (const { name, value } of page.documentElement.attributes) {
    child.documentElement.setAttribute(name, value)
  }
  child.body.className = page.body.className
  for (const sheet of page.querySelectorAll<HTMLElement>('link[rel=stylesheet], style')) {
    const copy = child.importNode(sheet, true)
    if (sheet instanceof HTMLLinkElement) copy.setAttribute('href', sheet.href)
    child.head.append(copy)
  }
}
