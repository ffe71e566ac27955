/**
 * The support assistant: passes a conversation on to the endpoint that the school configured, and its answer back piece
 * by piece. Words of a crisis are answered by people to call, before and instead of any model. Nothing of a conversation
 * is stored or logged here, and the endpoint's key leaves this process for that endpoint alone.
 */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText } from 'ai'
import type { ChatMessage, ChatPiece, DirectoryEntry } from '../../_wire/support.ts'
import type { ServerContext } from '../core/context.ts'
import type { Call } from '../core/handle.ts'
import { limitAddress } from '../core/limits.ts'
import { Refusal } from '../core/refusal.ts'
import { chatSettings, type ChatSettings } from './chat-settings.ts'
import { speaksOfCrisis } from './crisis-words.ts'
import { loadDirectory } from './directory.ts'

/** An endpoint that says nothing for so long has failed. */
const SILENCE_MS = 45_000
const LONGEST_ANSWER_TOKENS = 1_000
const MESSAGES_PASSED_ON = 24

const INSTRUCTIONS = `You are an assistant on the support page of a school. You are a machine and say so when it matters. You talk with a student, who may be a child. Be kind, brief and plain; write in the student's language. Listen, ask one question at a time, and help the student think of a next small step and of a person whom they trust. You give no diagnosis, no medical advice and no advice on medicines, and you promise no secrecy on anybody's behalf. If there is any sign that the student or somebody else may be in danger, say first that people can help right now: the local emergency number, a help line of the school's directory, a trusted adult. Write plain text without markup or links.`

/** @throws Refusal `assistant-absent`, `too-many-requests` */
export async function chat(call: Call<'chat', 'account'>): Promise<Response> {
  const { context, body, caller, signal } = call
  const settings = chatSettings(process.env)
  if (settings === null) throw new Refusal('assistant-absent')
  await limitAddress(context, 'support-chat', caller.account.id)
  const asked = body.messages.at(-1)?.text ?? ''
  if (speaksOfCrisis(asked)) {
    const { entries } = await loadDirectory(context.db)
    return answer(helpFirst(helpLines(entries, body.language)))
  }
  const stopped = new AbortController()
  const gone = AbortSignal.any([signal, stopped.signal])
  return answer(pieces(context, settings, body.messages, gone), stopped)
}

/** Help lines of the directory, those that speak the person's language first. */
export function helpLines(entries: readonly DirectoryEntry[], language: string): DirectoryEntry[] {
  const own = language.split('-')[0] ?? ''
  const speaks = (entry: DirectoryEntry): boolean =>
    entry.languages.some((one) => one === language || one.split('-')[0] === own)
  const lines = entries.filter(({ kind }) => kind === 'help-line')
  return [...lines.filter(speaks), ...lines.filter((entry) => !speaks(entry))]
}

async function* helpFirst(entries: DirectoryEntry[]): AsyncGenerator<ChatPiece> {
  yield await Promise.resolve({ kind: 'help-lines' as const, entries })
  yield { kind: 'end' }
}

async function* pieces(
  context: ServerContext,
  settings: ChatSettings,
  messages: readonly ChatMessage[],
  gone: AbortSignal,
): AsyncGenerator<ChatPiece> {
  const silence = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const listen = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      silence.abort()
    }, SILENCE_MS)
  }
  const failures: unknown[] = []
  const { url: baseURL, key, model } = settings
  const provider = createOpenAICompatible({
    name: 'assistant',
    baseURL,
    ...(key === undefined ? {} : { apiKey: key }),
  })
  try {
    listen()
    const { textStream } = streamText({
      model: provider(model),
      instructions: INSTRUCTIONS,
      messages: messages.slice(-MESSAGES_PASSED_ON).map(({ role, text }) => ({
        role: role === 'person' ? ('user' as const) : ('assistant' as const),
        content: text,
      })),
      maxOutputTokens: LONGEST_ANSWER_TOKENS,
      maxRetries: 0,
      abortSignal: AbortSignal.any([gone, silence.signal]),
      onError: ({ error }) => {
        failures.push(error)
      },
    })
    let said = false
    for await (const text of textStream) {
      listen()
      said ||= text.trim() !== ''
      yield { kind: 'text', text }
    }
    if (gone.aborted) return
    if (failures.length > 0 || silence.signal.aborted || !said) {
      yield failed(context, failures[0])
    } else yield { kind: 'end' }
  } catch (error) {
    if (!gone.aborted) yield failed(context, error)
  } finally {
    clearTimeout(timer)
  }
}

/** The kind of failure alone: what an endpoint answers may repeat what it was asked. */
function failed({ log }: ServerContext, error: unknown): ChatPiece {
  const name = error instanceof Error ? error.name : 'silence'
  log.warn('assistant-failed', { error: name })
  return { kind: 'failed' }
}

/** @param stopped aborted when nobody reads any more: a generator that waits for a piece hears of nothing else */
function answer(source: AsyncGenerator<ChatPiece>, stopped = new AbortController()): Response {
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await source.next()
      if (next.done === true) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`))
    },
    async cancel() {
      stopped.abort()
      await source.return(undefined)
    },
  })
  return new Response(stream, {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      // Not to be compressed: that would hold pieces back.
      'cache-control': 'no-store, no-transform',
      'x-content-type-options': 'nosniff',
    },
  })
}
