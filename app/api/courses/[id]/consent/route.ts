import { handle } from '../../../../_server/core/handle.ts'
import { giveConsent } from '../../../../_server/courses/give-consent.ts'

export const POST = handle('giveConsent', 'account', giveConsent)
