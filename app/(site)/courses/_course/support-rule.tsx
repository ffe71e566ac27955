'use client'

/** When help is offered in a course: the three figures of the rule, saved by themselves. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useState, type ReactNode, type SubmitEvent } from 'react'
import { getVault } from '../../../_vault/client.ts'
import { supportRule, type SupportRule } from '../../../_wire/notices.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { callWire } from '../../../_ui/data/wire.ts'
import { Spinner } from '../../../_ui/spinner.tsx'
import { NumberField } from '../../../_ui/text-field.tsx'
import type { CoursePartProps } from './course-page.tsx'

/** The form, and what a teacher's vault owes the course: classes that ended without their notices get them. */
export function SupportRuleForm(props: CoursePartProps): ReactNode {
  const { course } = props
  const common = useTranslations('common')
  useEffect(() => {
    if (!course.settings.support) return
    // What goes wrong is told by the vault's own event, and made up for at the next opening.
    getVault()
      .call('tendCourse', { courseId: course.id })
      .catch(() => undefined)
  }, [course.id, course.settings.support])
  const query = useQuery({
    queryKey: ['course', course.id, 'notices'],
    queryFn: ({ signal }) => callWire('courseNotices', { id: course.id }, null, { signal }),
    enabled: course.settings.support,
  })
  if (!course.settings.support) return null
  if (query.error) return <Notice tone="danger">{sentenceFor(query.error)}</Notice>
  if (!query.data) return <Spinner text={common('loading')} />
  return <Form {...props} rule={query.data.rule} />
}

type Draft = Record<keyof SupportRule, string>
type Name = keyof SupportRule

function Form({ course, saving, rule }: CoursePartProps & { rule: SupportRule }): ReactNode {
  const t = useTranslations('support.rule')
  const cache = useQueryClient()
  const [draft, setDraft] = useState<Draft>({
    count: String(rule.count),
    classesLookedAt: String(rule.classesLookedAt),
    classesBefore: String(rule.classesBefore),
  })
  const [wrong, setWrong] = useState<readonly Name[]>([])
  const [failed, setFailed] = useState<string>()
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const parsed = supportRule.safeParse({
      count: Number(draft.count),
      classesLookedAt: Number(draft.classesLookedAt),
      classesBefore: Number(draft.classesBefore),
    })
    setWrong((parsed.error?.issues ?? []).map(({ path }) => path[0] as Name))
    if (!parsed.success) return
    setFailed(undefined)
    try {
      await saving.run(() => callWire('saveSupportRule', { id: course.id }, parsed.data))
      await cache.invalidateQueries({ queryKey: ['course', course.id, 'notices'] })
    } catch (cause) {
      setFailed(sentenceFor(cause))
    }
  }
  const field = (
    name: Name,
    label: string,
    hint: string,
    error: string,
    max: number,
  ): ReactNode => (
    <NumberField
      label={label}
      hint={hint}
      min={name === 'classesLookedAt' ? 1 : 3}
      max={max}
      value={draft[name]}
      error={wrong.includes(name) ? error : undefined}
      onChange={(event) => {
        saving.forget()
        setDraft({ ...draft, [name]: event.currentTarget.value })
      }}
    />
  )
  return (
    <Section id="support-rule" title={t('title')} description={t('line')}>
      <form onSubmit={submit} noValidate className="grid gap-6">
        <div className="grid gap-6 sm:grid-cols-3">
          {field('count', t('count'), t('countHint'), t('countError'), 14)}
          {field('classesLookedAt', t('classes'), t('classesHint'), t('classesError'), 10)}
          {field('classesBefore', t('before'), t('beforeHint'), t('beforeError'), 50)}
        </div>
        {failed ? (
          <Notice tone="danger" alert>
            {failed}
          </Notice>
        ) : null}
        <Button
          type="submit"
          variant="secondary"
          className="justify-self-start max-sm:w-full"
          busy={saving.state === 'saving' && t('saving')}
        >
          {t('save')}
        </Button>
      </form>
    </Section>
  )
}
