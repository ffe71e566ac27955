import { handle } from '../../../../../_server/core/handle.ts'
import { answerSuggestion } from '../../../../../_server/support/answer-suggestion.ts'

export const POST = handle('answerSuggestion', 'account', answerSuggestion)
