/** Lists of everything of one sort: countries, leaders, pairs, events, articles. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ask, useAnswer, type ArticleRef, type Dyad, type List, type Office, type Ref } from '../api';
import { useFilterQuery, withQuery } from '../filters';
import { CountryLink, Heading, LeaderLink, Loaded, To } from '../ui/basics';
import { PagedEvents } from '../ui/events';
import { FilterBar } from '../ui/filterbar';
import { dateOf, number } from '../words';
import { DyadTable } from './overview';

/** A list with a box that narrows it by name, a page at a time. */
function Names<T>({ path, label, filters = true, children }: { path: string; label: string; filters?: boolean; children: (items: T[]) => ComponentChildren }) {
  const [name, setName] = useState('');
  const query = useFilterQuery();
  const whole = withQuery(withQuery(path, filters ? query : ''), new URLSearchParams({ ...(name.trim() && { q: name.trim() }), limit: '100' }).toString());
  const answer = useAnswer<List<T>>(whole);
  return (
    <>
      {filters && <FilterBar />}
      <p><label class="narrow">{label} <input type="search" value={name} onInput={(e) => setName(e.currentTarget.value)} /></label></p>
      <Loaded answer={answer}>{(data) => <Pages key={answer.of} path={answer.of ?? whole} first={data}>{children}</Pages>}</Loaded>
    </>
  );
}

function Pages<T>({ path, first, children }: { path: string; first: List<T>; children: (items: T[]) => ComponentChildren }) {
  const [list, setList] = useState(first);
  const [problem, setProblem] = useState('');
  const more = () => ask<List<T>>(withQuery(path, `cursor=${encodeURIComponent(list.next ?? '')}`)).then(
    (next) => setList({ ...next, items: [...list.items, ...next.items] }),
    (error: Error) => setProblem(error.message),
  );
  return (
    <>
      <p class="faint" aria-live="polite">{number(list.total)} in all</p>
      {children(list.items)}
      {problem && <p role="alert">{problem}</p>}
      {list.next && <p><button type="button" class="wide" onClick={more}>Show more of {number(list.total)}</button></p>}
    </>
  );
}

export const CountriesPage = () => (
  <>
    <Heading title="Countries" />
    <Names<Ref & { events?: number }> path="/countries" label="Name">
      {(items) => <ul class="index">{items.map((item) => <li key={item.id}><CountryLink of={item} /><span class="num">{number(item.events)}</span></li>)}</ul>}
    </Names>
  </>
);

interface LeaderItem extends Ref { title?: string | null; country?: Ref | null; offices?: Office[]; events?: number }
export const LeadersPage = () => (
  <>
    <Heading title="Leaders" />
    <Names<LeaderItem> path="/leaders" label="Name">
      {(items) => (
        <ul class="index">
          {items.map((item) => (
            <li key={item.id}><span><LeaderLink of={item} /> <span class="faint">{[item.title ?? item.offices?.[0]?.title, item.country?.name].filter(Boolean).join(', ')}</span></span>{item.events !== undefined && <span class="num">{number(item.events)}</span>}</li>
          ))}
        </ul>
      )}
    </Names>
  </>
);

export const DyadsPage = () => (
  <>
    <Heading title="Pairs of countries" />
    <Names<Dyad> path="/dyads" label="Name">{(items) => <DyadTable dyads={items} />}</Names>
  </>
);

export const EventsPage = () => {
  const query = useFilterQuery();
  return <><Heading title="Events" /><FilterBar /><PagedEvents path="/events" query={query} empty="No event passes the filters." /></>;
};

export const ArticlesPage = () => (
  <>
    <Heading title="Articles" />
    <Names<ArticleRef & { facts?: number }> path="/articles" label="Title" filters={false}>
      {(items) => (
        <div class="scroll"><table>
          <thead><tr><th scope="col">Title</th><th scope="col">Source</th><th scope="col" class="right">Published</th></tr></thead>
          <tbody>{items.map((item) => <tr key={item.id}><th scope="row"><To to={`/article/${encodeURIComponent(item.id)}`}><bdi>{item.title || 'Untitled'}</bdi></To></th><td><bdi>{item.source}</bdi></td><td class="right num nowrap">{dateOf(item.published)}</td></tr>)}</tbody>
        </table></div>
      )}
    </Names>
  </>
);
