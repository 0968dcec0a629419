/** What a person should look at: checks, likely merges and doubts with both sides' sentences, and what was decided. */
import { useEffect, useState } from 'preact/hooks';
import { ask, forgetAnswers, useAbout, useAnswer, type Decision, type Event, type Quality, type Side, type Suggestion } from '../api';
import { Heading, Loaded, Section, To } from '../ui/basics';
import { Status } from '../ui/events';
import { Writing } from '../ui/writing';
import { dateOf, number, titleOf, words } from '../words';

const HIDDEN = 'entente-hidden-suggestions';
const hiddenOnes = (): string[] => JSON.parse(localStorage.getItem(HIDDEN) ?? '[]') as string[];

export function QualityPage() {
  const answer = useAnswer<Quality>('/quality');
  const about = useAbout();
  const writable = about?.writable ?? false;
  const reload = () => { forgetAnswers(); answer.again(); };
  const waiting = answer.data !== null && !answer.data.complete;
  useEffect(() => {
    if (!waiting || answer.busy) return;
    const timer = setTimeout(reload, 2000);
    return () => clearTimeout(timer);
  }, [waiting, answer.busy]);
  return (
    <>
      <Heading title="Data quality" />
      <Loaded answer={answer}>
        {(data) => (
          <>
            {!data.complete && <p class="notice" role="status">The whole graph is being looked at. A large one takes minutes; what is found appears here.</p>}
            <Section title="Suggestions">
              {about && !writable && <p class="notice">This server only reads. Start it with <code>entente serve --writable</code> to decide here, or use <code>entente curate</code>.</p>}
              {writable && data.suggestions.length > 0
                ? <Writing>{(who) => <Suggestions of={data.suggestions} who={who} done={reload} />}</Writing>
                : <Suggestions of={data.suggestions} who={null} done={reload} />}
            </Section>
            <Section title="Checks"><Checks of={data.checks} /></Section>
            <Section title="Decisions"><Decisions of={data.decisions} writable={writable} done={reload} /></Section>
          </>
        )}
      </Loaded>
    </>
  );
}

function Suggestions({ of, who, done }: { of: Suggestion[]; who: string | null; done: () => void }) {
  const [hidden, setHidden] = useState(hiddenOnes);
  const set = (ids: string[]) => { localStorage.setItem(HIDDEN, JSON.stringify(ids)); setHidden(ids); };
  const shown = of.filter((suggestion) => !hidden.includes(suggestion.id));
  return (
    <>
      {shown.length === 0 && <p class="faint">{of.length ? 'All suggestions are hidden.' : 'Nothing is likely to be one event told twice, and no merge is doubtful.'}</p>}
      <ul class="suggestions">{shown.map((suggestion) => <Card key={suggestion.id} of={suggestion} who={who} done={done} hide={() => set([...hidden, suggestion.id])} />)}</ul>
      {shown.length < of.length && <p><button type="button" onClick={() => set([])}>Show the {of.length - shown.length} hidden here</button></p>}
    </>
  );
}

function Card({ of, who, done, hide }: { of: Suggestion; who: string | null; done: () => void; hide: () => void }) {
  const [why, setWhy] = useState('');
  const [told, tell] = useState('');
  const [busy, setBusy] = useState(false);
  const merge = of.kind === 'merge';
  const key = (side: Side) => (typeof side.article === 'string' ? side.article : side.article.id);
  const decide = async (body: object) => {
    setBusy(true);
    try {
      await ask('/curation', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...body, who, why: why.trim() || of.why.join('; ') }) });
      done();
    } catch (error) { tell((error as Error).message); setBusy(false); }
  };
  const accept = () => decide(merge ? { decision: 'merge', ids: [of.a?.id, of.b?.id] } : { decision: 'split', event: of.a?.id, reports: [key(of.other)] });
  const reject = () => { if (merge) void decide({ decision: 'split', events: [of.a?.id, of.b?.id] }); else hide(); };
  return (
    <li class="suggestion">
      <h3>{merge ? 'One event told twice?' : 'Two events put together?'}</h3>
      <div class="suggestion__sides"><SideBox event={of.a} side={of.one} /><SideBox event={of.b} side={of.other} /></div>
      <p class="faint">For one event: {of.why.join('; ') || 'nothing'}.{of.against.length > 0 && <> Against it: {of.against.join('; ')}.</>}</p>
      {who !== null && (
        <p class="actions">
          <label class="grow"><span class="visually-hidden">Why</span><input value={why} placeholder="Why (optional)" onInput={(e) => setWhy(e.currentTarget.value)} /></label>
          <button type="button" class="primary" disabled={busy || !who} onClick={accept}>{merge ? 'Accept: they are one' : 'Accept: take them apart'}</button>
          <button type="button" disabled={busy || (merge && !who)} onClick={reject}>{merge ? 'Reject: two events' : 'Leave as it is'}</button>
        </p>
      )}
      {told && <p role="alert">{told}</p>}
    </li>
  );
}

function SideBox({ event, side }: { event: Event | null; side: Side }) {
  const article = typeof side.article === 'string' ? { id: side.article, title: 'Read the article', source: null, published: null } : side.article;
  return (
    <div class="suggestion__side">
      <p>{event ? <><To to={`/event/${encodeURIComponent(event.id)}`}>{titleOf(event)}</To> <Status status={event.status} /> <time class="num faint">{dateOf(event.date)}</time></> : side.tells}</p>
      <figure class="evidence">
        {side.quotes.slice(0, 3).map((quote) => <blockquote key={quote} dir="auto">{quote}</blockquote>)}
        <figcaption><To to={`/article/${encodeURIComponent(article.id)}`}><bdi>{article.title}</bdi></To>{article.source && <span>{article.source}</span>}{article.published && <time>{dateOf(article.published)}</time>}</figcaption>
      </figure>
    </div>
  );
}

/** The page of an IRI of the graph, where the explorer has one. */
const pageOf = (iri: string): string | null => {
  const found = iri.match(/\/id\/(event|article|leader|country|dyad|organization)\/([^/]+)$/);
  return found ? `/${found[1] === 'organization' ? 'country' : found[1]}/${found[2]}` : null;
};

function Checks({ of }: { of: Quality['checks'] }) {
  if (!of.length) return <p>Every check finds nothing.</p>;
  return (
    <>
      {of.map((check) => (
        <details class="check" key={`${check.id} ${check.label}`}>
          <summary><span class="num check__count">{number(check.count)}</span> {check.label} <code class="faint">{check.id}</code></summary>
          <ul>{check.examples.map((example) => {
            const page = pageOf(example.about);
            return <li key={example.about + example.values.join()}>{page ? <To to={page}>{page.slice(1)}</To> : <code>{example.about}</code>} {example.values.map((value, n) => <bdi key={n} class="check__value">{value}</bdi>)}</li>;
          })}</ul>
        </details>
      ))}
    </>
  );
}

function Decisions({ of, writable, done }: { of: Decision[]; writable: boolean; done: () => void }) {
  const [told, tell] = useState('');
  if (!of.length) return <p class="faint">Nobody has decided anything yet.</p>;
  const undo = (id: string) => ask(`/curation/${encodeURIComponent(id)}`, { method: 'DELETE' }).then(done, (error: Error) => tell(error.message));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Decisions">{told && <p role="alert">{told}</p>}<table>
      <thead><tr><th scope="col">Decision</th><th scope="col">By</th><th scope="col">Why</th><th scope="col">When</th>{writable && <th scope="col"><span class="visually-hidden">Undo</span></th>}</tr></thead>
      <tbody>{of.map((decision) => (
        <tr key={decision.id}><th scope="row">{words(decision.decides)}</th><td><bdi>{decision.by}</bdi></td><td><bdi>{decision.why}</bdi></td><td class="num nowrap">{dateOf(decision.at.slice(0, 10))}</td>
          {writable && <td><button type="button" onClick={() => undo(decision.id)}>Undo<span class="visually-hidden"> {decision.decides} by {decision.by}</span></button></td>}</tr>
      ))}</tbody>
    </table></div>
  );
}
