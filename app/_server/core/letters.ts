/**
 * The letters that web sends, in the words of the message catalogues. A letter carries a link and nothing else that
 * differs from one person to another.
 */
import { LANGUAGES, messagesOf, type Messages } from '../../_messages/index.ts'

/** Subject and text of a letter, with its link. */
export function letterOf(
  name: keyof Messages['letters'],
  link: string,
): { readonly subject: string; readonly text: string } {
  const { subject, text } = messagesOf(LANGUAGES[0]).letters[name]
  return { subject, text: text.replace('{link}', () => link) }
}
