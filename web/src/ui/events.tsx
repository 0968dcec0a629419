/** Events in lists: what, when, who; and in one click the sentences that say so, with their sources. */
import { useState } from 'preact/hooks';
import { ask, useAnswer, type ApiError, type Event, type FullEvent, type List, type Report } from '../api';
import { withQuery } from '../filters';
import { dateOf, isConflict, number, probability, several, titleOf, words } from '../words';
import { CountryLink, LeaderLink, Loaded, To } from './basics';
import { Marked } from './text';

export const Glyph = ({ event }: { event: Event }) => (
  <span class={`glyph glyph--${event.kind}${isConflict(event) ? ' glyph--conflict' : ''}`} aria-hidden="true" />
);

export function Status({ status }: { status: string | null | undefined }) {
  if (!status || status === 'told') return null;
  const look = ['signed', 'in-force', 'held', 'agreed'].includes(status) ? 'done' : ['broken', 'cancelled', 'denied'].includes(status) ? 'broken' : 'open';
  return <span class={`status status--${look}`}>{words(status)}</span>;
}

export const Confidence = ({ value }: { value: number }) => (
  <span class="confidence" title={`The program holds this for right with a probability of ${probability(value)}`}>
    <span class="confidence__bar" aria-hidden="true"><span style={{ width: `${value * 100}%` }} /></span>
    <span class="visually-hidden">confidence </span><span class="num">{probability(value)}</span>
  </span>
);

/** A sentence, whose it is and where it stands. */
export function Sentence({ report }: { report: Report }) {
  return (
    <figure class="evidence">
      <blockquote dir="auto"><Marked text={report.sentence} marks={report.marks ?? []} /></blockquote>
      <figcaption>
        <To to={`/article/${encodeURIComponent(report.article.id)}`}><bdi>{report.article.title || 'Article'}</bdi></To>
        <span>{[report.article.source, report.article.published && dateOf(report.article.published)].filter(Boolean).join(', ')}</span>
        <Confidence value={report.confidence} />
        {report.rule && <span class="faint">rule <code>{report.rule}</code></span>}
      </figcaption>
    </figure>
  );
}

function Reports({ id }: { id: string }) {
  const answer = useAnswer<FullEvent>(`/events/${encodeURIComponent(id)}`);
  return (
    <Loaded answer={answer}>
      {(event) => (
        <>
          {event.reports.slice(0, 5).map((report, n) => <Sentence key={n} report={report} />)}
          <p class="evidence__more"><To to={`/event/${encodeURIComponent(id)}`}>{event.reports.length > 5 ? `All ${event.reports.length} sentences, history and conflicts` : 'Open this event'}</To></p>
        </>
      )}
    </Loaded>
  );
}

export function EventRow({ event, open = false }: { event: Event; open?: boolean }) {
  const [shown, setShown] = useState(open);
  return (
    <li class="event">
      <div class="event__when"><Glyph event={event} /><time dateTime={event.date ?? undefined}>{dateOf(event.date)}</time></div>
      <div class="event__what">
        <details open={shown} onToggle={(e) => setShown((e.currentTarget as HTMLDetailsElement).open)}>
          <summary>
            <span class="event__title"><span class="visually-hidden">{event.kind}: </span><bdi>{titleOf(event)}</bdi></span>{' '}
            <Status status={event.status} />
            {event.background && <span class="status status--open" title="Told as background, not as news">background</span>}
          </summary>
          {shown && <Reports id={event.id} />}
        </details>
        <p class="event__meta">
          {event.kind === 'agreement' && titleOf(event).toLowerCase() !== words(event.type) && <span>{words(event.type)}</span>}
          {event.countries.length > 0 && <span class="dots">{event.countries.slice(0, 8).map((country) => <CountryLink key={country.id} of={country} />)}{event.countries.length > 8 && <span>and {event.countries.length - 8} more</span>}</span>}
          {event.leaders.length > 0 && <span class="dots">{event.leaders.slice(0, 6).map((leader) => <LeaderLink key={leader.id} of={leader} />)}</span>}
          {event.sectors.length > 0 && <span>{event.sectors.map((sector) => sector.label).join(', ')}</span>}
          <span>{several(event.articles, 'article')}</span>
          <Confidence value={event.confidence} />
        </p>
      </div>
    </li>
  );
}

const yearOf = (event: Event): string => event.date?.slice(0, 4) ?? 'Without a date';

/** Events under the heads of their years. */
export function EventList({ events, empty }: { events: Event[]; empty: string }) {
  if (!events.length) return <p class="faint">{empty}</p>;
  const years: [string, Event[]][] = [];
  for (const event of events) {
    const last = years.at(-1);
    if (last && last[0] === yearOf(event)) last[1].push(event);
    else years.push([yearOf(event), [event]]);
  }
  return (
    <div class="timeline">
      {years.map(([year, inYear], n) => (
        <div class="year" key={`${year}-${n}`}>
          <h3 class="year__head num">{year}</h3>
          <ul class="events">{inYear.map((event) => <EventRow key={event.id} event={event} />)}</ul>
        </div>
      ))}
    </div>
  );
}

/** A list of the API, a page at a time. */
export function PagedEvents({ path, query, empty }: { path: string; query: string; empty: string }) {
  const start = withQuery(path, query);
  const answer = useAnswer<List<Event>>(start);
  return <Loaded answer={answer}>{(data) => <Pages key={answer.of} first={data} start={answer.of ?? start} empty={empty} />}</Loaded>;
}

function Pages({ first, start, empty }: { first: List<Event>; start: string; empty: string }) {
  const [pages, setPages] = useState(first);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const more = async () => {
    setBusy(true);
    try {
      const next = await ask<List<Event>>(withQuery(start, `cursor=${encodeURIComponent(pages.next ?? '')}`));
      setPages({ ...next, items: [...pages.items, ...next.items] });
    } catch (error) { setProblem(error as ApiError); }
    setBusy(false);
  };
  return (
    <>
      <p class="faint" aria-live="polite">{several(pages.total, 'event')}{pages.items.length < pages.total ? `, ${number(pages.items.length)} shown` : ''}</p>
      <EventList events={pages.items} empty={empty} />
      {problem && <p role="alert">{problem.message}</p>}
      {pages.next && <p><button type="button" class="wide" disabled={busy} onClick={more}>{busy ? 'Loading …' : `Show more of ${number(pages.total)}`}</button></p>}
    </>
  );
}
