/**
 * Everything of support in one vault: the rounds of a student, the notices of a teacher, cases. It begins when the keys
 * are open and ends with them; nothing of it outlives the session.
 */
import type { ClassRole } from '../../_wire/roles.ts'
import type { OpenAccount } from '../account.ts'
import { openClasses } from '../history/open-classes.ts'
import { ownClasses } from '../history/my-readings.ts'
import type { Http } from '../http.ts'
import { SerialQueue } from '../serial.ts'
import { settleCourse } from '../history/settle.ts'
import type { OpenClassDeps } from '../teacher/open-class.ts'
import { Cases } from './cases.ts'
import { StudentSupport, type StudentSupportDeps } from './student.ts'
import { tendCourse } from './teacher.ts'
import type { SupportVerbs } from './verbs.ts'

/** When a teacher's vault that left a class looks whether it has ended: at once, or ten minutes later by itself. */
const AFTER_TEACHING_MS = [1_500, 15_000, 60_000, 690_000, 960_000] as const

export type SupportDeskDeps = Omit<StudentSupportDeps, 'ownClasses'> & {
  readonly http: Http
  readonly breathe: () => Promise<void>
  /** What taking in late records needs, but for the account. */
  readonly classDeps: Omit<OpenClassDeps, 'me'>
  /** Classes that this tab is in. */
  readonly entered: () => ReadonlySet<string>
}

type Handlers = {
  readonly [V in keyof SupportVerbs]: (
    args: SupportVerbs[V]['args'],
  ) => Promise<SupportVerbs[V]['answer']>
}

const DONE: Record<string, never> = {}

export class SupportDesk {
  readonly #deps: SupportDeskDeps
  readonly #student: StudentSupport
  readonly #cases: Cases
  readonly #tending = new SerialQueue()
  #running = false

  constructor(deps: SupportDeskDeps) {
    this.#deps = deps
    const own = {
      ...deps,
      ownClasses: () => {
        return ownClasses({ http: deps.http, me: deps.require() })
      },
    }
    this.#student = new StudentSupport(own)
    this.#cases = new Cases(own)
  }

  start(): void {
    this.#running = true
    this.#student.start()
  }

  stop(): void {
    this.#running = false
    this.#student.stop()
    this.#cases.forget()
  }

  /** This device left a class of a course. */
  afterClass(courseId: string, role: ClassRole): void {
    this.#student.afterClass()
    if (role !== 'teacher') return
    for (const ms of AFTER_TEACHING_MS) {
      this.#deps.timers.after(ms, () => {
        if (this.#running) this.#tend(courseId).catch(this.#deps.report)
      })
    }
  }

  verbs(): Handlers {
    return {
      supportState: () => this.#student.state(),
      answerSupportMessage: ({ flag, answer }) => this.#student.answer(flag, answer),
      setSupportMessages: ({ on }) => this.#student.setOn(on),
      tendCourse: async ({ courseId }) => {
        await this.#tend(courseId)
        return DONE
      },
      openCase: (args) => this.#cases.open(args),
      readCase: ({ caseId }) => this.#cases.read(caseId),
      writeToCase: (args) => this.#cases.write(args),
      noteOnCase: (args) => this.#cases.note(args),
      answerSuggestion: async (args) => {
        await this.#cases.answerSuggestion(args)
        return DONE
      },
    }
  }

  #tend(courseId: string): Promise<void> {
    const { http, breathe, classDeps, entered } = this.#deps
    const me = (): OpenAccount => this.#deps.require()
    return this.#tending.run(() =>
      tendCourse(
        {
          http,
          me,
          settle: (id) => settleCourse({ ...classDeps, me: me() }, id, entered()),
          open: (id, options) =>
            openClasses({ http, me: me(), breathe }, id, {
              ...options,
              ended: true,
              records: true,
            }),
        },
        courseId,
      ),
    )
  }
}
