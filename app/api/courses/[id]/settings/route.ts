import { handle } from '../../../../_server/core/handle.ts'
import { saveSettings } from '../../../../_server/courses/save-settings.ts'

export const PUT = handle('saveSettings', 'account', saveSettings)
