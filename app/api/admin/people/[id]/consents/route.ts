import { handle } from '../../../../../_server/core/handle.ts'
import { personConsents } from '../../../../../_server/school/person-consents.ts'

export const POST = handle('personConsents', 'school-admin', personConsents)
