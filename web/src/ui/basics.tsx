/** Small parts that every page uses: links that keep the filters, headings that take the focus, states of loading. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Link, useLocation } from 'wouter-preact';
import type { Answer, Labeled, Person, Ref, Summary } from '../api';
import { useFilterQuery, withQuery } from '../filters';
import { dyadId, number, several, tone } from '../words';

/** A link within the explorer that carries the filters along. */
export function To({ to, children, ...rest }: { to: string; children: ComponentChildren } & Omit<JSX.HTMLAttributes<HTMLAnchorElement>, 'to'>) {
  const query = useFilterQuery();
  return <Link href={withQuery(to, to.includes('?') ? '' : query)} {...(rest as object)}>{children}</Link>;
}

export const CountryLink = ({ of }: { of: Ref }) => <To to={`/country/${encodeURIComponent(of.id)}`}><bdi>{of.name || of.id}</bdi></To>;
export const LeaderLink = ({ of }: { of: Ref }) => <To to={`/leader/${encodeURIComponent(of.id.replace(/^leader\//, ''))}`}><bdi>{of.name || of.id}</bdi></To>;
export const DyadLink = ({ a, b }: { a: Ref; b: Ref }) => (
  <To to={`/dyad/${dyadId(a.id, b.id)}`}><bdi>{a.name}</bdi><span class="tie" aria-hidden="true"> – </span><span class="visually-hidden"> and </span><bdi>{b.name}</bdi></To>
);

let first = true;
/** The heading of a page: names the document, and takes the focus when the page was navigated to. */
export function Heading({ title, children }: { title: string; children?: ComponentChildren }) {
  const ref = useRef<HTMLHeadingElement>(null);
  const [path] = useLocation();
  useEffect(() => { document.title = `${title} · Entente`; }, [title]);
  useEffect(() => {
    if (first) { first = false; return; }
    window.scrollTo(0, 0);
    ref.current?.focus({ preventScroll: true });
  }, [path]);
  return <h1 ref={ref} tabIndex={-1} dir="auto">{children ?? title}</h1>;
}

/** What is shown while, or instead of, an answer; the last answer stays, dimmed, while the next is on its way. */
export function Loaded<T>({ answer, children }: { answer: Answer<T>; children: (data: T) => ComponentChildren }) {
  if (answer.error) {
    return (
      <div class="notice notice--bad" role="alert">
        <p>{answer.error.status === 404 ? 'The graph has nothing under this address. ' : ''}{answer.error.message}</p>
        <p><button type="button" onClick={answer.again}>Try again</button> <Link href="/">Go to the overview</Link></p>
      </div>
    );
  }
  if (answer.data === null) return <div class="skeleton" role="status"><span class="visually-hidden">Loading …</span></div>;
  return <div class={answer.busy ? 'busy' : undefined} aria-busy={answer.busy}>{children(answer.data)}</div>;
}

export function Section({ title, aside, children, id }: { title: string; aside?: ComponentChildren; children: ComponentChildren; id?: string }) {
  const key = id ?? title.toLowerCase().replace(/\W+/g, '-');
  return (
    <section aria-labelledby={key} class="section">
      <header class="section__head"><h2 id={key}>{title}</h2>{aside && <div class="section__aside">{aside}</div>}</header>
      {children}
    </section>
  );
}

/** The four counts of a country or a dyad. */
export function Counts({ of }: { of: Summary }) {
  const entries: [string, number][] = [['agreement', of.agreements], ['encounter', of.encounters], ['act', of.acts], ['article', of.articles]];
  return (
    <dl class="counts">
      {entries.map(([name, count]) => (
        <div key={name}><dt>{count === 1 ? name : `${name}s`}</dt><dd class="num">{number(count)}</dd></div>
      ))}
    </dl>
  );
}

/** Tone from conflict (left) to cooperation (right), as a bar with its number. */
export function ToneBar({ score }: { score: number | null | undefined }) {
  if (score === null || score === undefined) return <span class="faint">–</span>;
  const share = Math.min(Math.abs(score) / 10, 1) * 50;
  return (
    <span class="tone">
      <span class="tone__bar" aria-hidden="true">
        <span class={score < 0 ? 'tone__fill tone__fill--conflict' : 'tone__fill'} style={score < 0 ? { right: '50%', width: `${share}%` } : { left: '50%', width: `${share}%` }} />
      </span>
      <span class="num">{tone(score)}</span>
    </span>
  );
}

/** Labels with counts as bars; the widest is the most. */
export function Bars({ items, to, empty }: { items: Labeled[]; to?: (item: Labeled) => string; empty: string }) {
  if (!items.length) return <p class="faint">{empty}</p>;
  const most = Math.max(...items.map((item) => item.count ?? 0), 1);
  return (
    <ul class="bars">
      {items.map((item) => (
        <li key={item.id}>
          <span class="bars__fill" style={{ width: `${((item.count ?? 0) / most) * 100}%` }} aria-hidden="true" />
          <span class="bars__label">{to ? <Link href={to(item)}>{item.label}</Link> : item.label}</span>
          <span class="num">{number(item.count)}</span>
        </li>
      ))}
    </ul>
  );
}

export function People({ items, empty }: { items: Person[]; empty: string }) {
  if (!items.length) return <p class="faint">{empty}</p>;
  return (
    <ul class="people">
      {items.map((person) => {
        const country = typeof person.country === 'string' ? person.country : person.country?.name;
        return (
          <li key={person.id}>
            <LeaderLink of={person} />
            <span class="faint">{[person.title, country].filter(Boolean).join(', ')}</span>
            {person.events !== undefined && <span class="num" title={several(person.events, 'event')}>{number(person.events)}</span>}
          </li>
        );
      })}
    </ul>
  );
}
