/** The sign that stands for each reaction; its name is among the messages. */
import type { Reaction } from '../../../sfu/protocol/index.ts'

export const SIGNS: Readonly<Record<Reaction, string>> = {
  'thumbs-up': '👍',
  clap: '👏',
  heart: '❤️',
  laugh: '😂',
  wow: '😮',
  celebrate: '🎉',
}
