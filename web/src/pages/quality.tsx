/** What a person should look at: checks, likely merges and doubts with both sides' sentences, and what was decided. */
import { useState } from 'preact/hooks';
import { ask, forgetAnswers, useAbout, useAnswer, type Decision, type Event, type Quality, type Ref, type Side, type Suggestion } from '../api';
import { Heading, Loaded, Section, To } from '../ui/basics';
import { Sentence, Status } from '../ui/events';
import { Writing } from '../ui/writing';
import { capital, dateOf, number, titleOf, words } from '../words';

export function QualityPage() {
  const answer = useAnswer<Quality>('/quality');
  const about = useAbout();
  const writable = about?.writable ?? false;
  const reload = () => { forgetAnswers(); answer.again(); };
  return (
    <>
      <Heading title="Data quality" />
      <Loaded answer={answer}>
        {(data) => (
          <>
            <Section title={`Suggestions: ${number(data.suggestions.length)}`}>
              {about && !writable && <p class="notice">This server only reads. Start it with <code>entente serve --writable</code> to decide here, or use <code>entente curate</code>.</p>}
              {data.suggestions.length === 0 && <p class="faint">Nothing is likely to be one event told twice, and no merge is doubtful.</p>}
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
  return <ul class="suggestions">{of.map((suggestion) => <SuggestionCard key={suggestion.id} of={suggestion} who={who} done={done} />)}</ul>;
}

function SuggestionCard({ of, who, done }: { of: Suggestion; who: string | null; done: () => void }) {
  const [why, setWhy] = useState('');
  const [told, tell] = useState('');
  const [busy, setBusy] = useState(false);
  const merge = of.kind === 'merge';
  const decide = async (accept: boolean) => {
    setBusy(true);
    const decision = merge === accept ? 'merge' : 'split';
    const events = of.b && of.b.id !== of.a.id ? [of.a.id, of.b.id] : [of.a.id];
    const apart = !of.b || of.b.id === of.a.id;
    const body = apart
      ? { decision, event: of.a.id, articles: (of.b_sentences ?? []).map((side) => side.article.id) }
      : { decision, events };
    try {
      await ask('/curation', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...body, suggestion: of.id, accept, who, why: why.trim() || of.why }) });
      done();
    } catch (error) { tell((error as Error).message); setBusy(false); }
  };
  return (
    <li class="suggestion">
      <h3>{merge ? 'One event told twice?' : 'Two events put together?'} <span class="num faint">{of.score.toFixed(2)}</span></h3>
      <div class="suggestion__sides"><SideBox event={of.a} sides={of.a_sentences} /><SideBox event={of.b ?? of.a} sides={of.b_sentences} /></div>
      <p class="faint">{capital(of.why)}</p>
      {who !== null && (
        <p class="actions">
          <label class="grow"><span class="visually-hidden">Why</span><input value={why} placeholder="Why (optional)" onInput={(e) => setWhy(e.currentTarget.value)} /></label>
          <button type="button" class="primary" disabled={busy || !who} onClick={() => decide(true)}>{merge ? 'Accept: they are one' : 'Accept: take them apart'}</button>
          <button type="button" disabled={busy || !who} onClick={() => decide(false)}>{merge ? 'Reject: two events' : 'Reject: they are one'}</button>
        </p>
      )}
      <p role="alert">{told}</p>
    </li>
  );
}

function SideBox({ event, sides }: { event: Event; sides?: Side[] | undefined }) {
  const list: Side[] = sides?.length ? sides : event.sentence ? [{ sentence: event.sentence, article: { id: '', title: '', source: event.source ?? null } }] : [];
  return (
    <div class="suggestion__side">
      <p><To to={`/event/${encodeURIComponent(event.id)}`}>{titleOf(event)}</To> <Status status={event.status} /> <time class="num faint">{dateOf(event.date)}</time></p>
      {list.slice(0, 3).map((side, n) => (side.article.id
        ? <Sentence key={n} report={{ ...side, confidence: event.confidence }} />
        : <figure class="evidence" key={n}><blockquote dir="auto">{side.sentence}</blockquote><figcaption>{side.article.source}</figcaption></figure>))}
    </div>
  );
}

const isEvent = (example: Event | Ref): example is Event => 'kind' in example;

function Checks({ of }: { of: Quality['checks'] }) {
  const found = of.filter((check) => check.count > 0);
  const clean = of.filter((check) => check.count === 0);
  return (
    <>
      {found.map((check) => (
        <details class="check" key={check.id}>
          <summary><span class="num check__count">{number(check.count)}</span> {check.label}</summary>
          <ul>{check.examples.map((example) => <li key={example.id}>{isEvent(example)
            ? <><To to={`/event/${encodeURIComponent(example.id)}`}>{titleOf(example)}</To> <Status status={example.status} /> <time class="num faint">{dateOf(example.date)}</time></>
            : <bdi>{example.name ?? example.id}</bdi>}</li>)}</ul>
        </details>
      ))}
      {found.length === 0 && <p>Every check finds nothing.</p>}
      {clean.length > 0 && <p class="faint">Nothing found by: {clean.map((check) => check.label).join('; ')}.</p>}
    </>
  );
}

function Decisions({ of, writable, done }: { of: Decision[]; writable: boolean; done: () => void }) {
  const [told, tell] = useState('');
  if (!of.length) return <p class="faint">Nobody has decided anything yet.</p>;
  const undo = (id: string) => ask(`/curation/${encodeURIComponent(id)}`, { method: 'DELETE' }).then(done, (error: Error) => tell(error.message));
  return (
    <div class="scroll"><p role="alert">{told}</p><table>
      <thead><tr><th scope="col">Decision</th><th scope="col">By</th><th scope="col">Why</th><th scope="col">When</th>{writable && <th scope="col"><span class="visually-hidden">Undo</span></th>}</tr></thead>
      <tbody>{of.map((decision) => (
        <tr key={decision.id}><th scope="row">{words(decision.decision)}</th><td><bdi>{decision.who}</bdi></td><td><bdi>{decision.why}</bdi></td><td class="num nowrap">{dateOf(decision.when?.slice(0, 10))}</td>
          {writable && <td><button type="button" onClick={() => undo(decision.id)}>Undo<span class="visually-hidden"> {decision.decision} by {decision.who}</span></button></td>}</tr>
      ))}</tbody>
    </table></div>
  );
}
