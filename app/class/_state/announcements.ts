/**
 * Whether a screen reader says what others write and show. One choice for this browser, remembered;
 * it changes nothing of what stands on the page.
 */
import * as z from 'zod'
import { createStore, type ReadableStore } from '../../_call/index.ts'
import { recall, remember } from './remembered.ts'

const KEY = 'announcements'

const store = createStore<{ aloud: boolean }>({ aloud: recall(KEY, z.boolean()) ?? true })

export const announcements: ReadableStore<{ aloud: boolean }> = store

export function setAnnouncements(aloud: boolean): void {
  store.patch({ aloud })
  remember(KEY, aloud)
}
