/** The front door: what this is, what it promises, the way in. */
import { Eye, Hand, ShieldCheck } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ClassDrawing } from './_ui/class-drawing.tsx'
import { HomeActions } from './_ui/home-actions.tsx'
import { SiteShell } from './_ui/site-shell.tsx'

const POINTS = [
  { icon: ShieldCheck, title: 'point1Title', text: 'point1' },
  { icon: Eye, title: 'point2Title', text: 'point2' },
  { icon: Hand, title: 'point3Title', text: 'point3' },
] as const

export default async function HomePage(): Promise<ReactNode> {
  const t = await getTranslations('home')
  return (
    <SiteShell>
      <div className="grid items-center gap-x-16 gap-y-12 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.05fr)] lg:py-8">
        <div className="grid gap-6">
          <h1 className="text-4xl leading-[1.08] font-semibold tracking-tight sm:text-6xl">
            {t('title')}
          </h1>
          <p className="max-w-lg text-lg leading-relaxed text-ink-muted">{t('line')}</p>
          <HomeActions />
        </div>
        <ClassDrawing label={t('figure')} />
      </div>
      <section aria-labelledby="points-heading" className="pt-16 sm:pt-24">
        <h2 id="points-heading" className="sr-only">
          {t('pointsTitle')}
        </h2>
        <ul className="grid gap-x-12 gap-y-10 border-t border-line pt-10 sm:grid-cols-3">
          {POINTS.map(({ icon: Icon, title, text }) => (
            <li key={title} className="grid content-start gap-2">
              <Icon aria-hidden="true" className="size-6 text-accent" />
              <h3 className="pt-1 font-semibold">{t(title)}</h3>
              <p className="leading-relaxed text-ink-muted">{t(text)}</p>
            </li>
          ))}
        </ul>
      </section>
    </SiteShell>
  )
}
