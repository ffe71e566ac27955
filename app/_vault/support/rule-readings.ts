/** Records as the rule sees them, the same for a teacher's vault and a student's own. */
import { EMOTIONS, NEGATIVE_EMOTIONS } from '../../_wire/emotions.ts'
import { hex } from '../format/bytes.ts'
import type { RecordBody } from '../format/record.ts'
import { isClear, strongest } from '../teacher/count.ts'
import type { RuleReading } from './rule.ts'

export function ruleReading(body: RecordBody): RuleReading {
  const clear = isClear(body)
  const emotion = EMOTIONS[strongest(body.probabilities)]
  return {
    stream: hex(body.stream),
    sequence: body.sequence,
    interval: body.interval,
    clear,
    negative: clear && emotion !== undefined && NEGATIVE_EMOTIONS.includes(emotion),
  }
}
