/** An article with its facts highlighted in the text, each beside it and linked to what it is about. */
import { useEffect, useState } from 'preact/hooks';
import { useParams } from 'wouter-preact';
import { useAnswer, type ArticlePage as Data, type Mention, type Span } from '../api';
import { CountryLink, Heading, LeaderLink, Loaded, Section, To } from '../ui/basics';
import { Confidence, Glyph, Status } from '../ui/events';
import { Annotated, type Placed } from '../ui/text';
import { dateOf, several, titleOf } from '../words';

export function ArticlePage() {
  const { id = '' } = useParams<{ id: string }>();
  const answer = useAnswer<Data>(`/articles/${encodeURIComponent(id)}`);
  return (
    <>
      <Heading title={answer.data?.title || 'Article'} />
      <Loaded answer={answer}>
        {(data) => (
          <>
            <p class="lede"><bdi>{data.source}</bdi>{data.source && data.published && ', '}{data.published && <time dateTime={data.published}>{dateOf(data.published)}</time>}
              {data.url && /^https?:/.test(data.url) && <> · <a href={data.url} rel="noreferrer external" target="_blank">Original<span aria-hidden="true"> ↗</span><span class="visually-hidden"> (another site)</span></a></>}
              {' · '}{several(data.facts.length, 'fact')}</p>
            <Body article={data} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** The fact that the address points at: `#fact-3` → 3. */
export function useFactInHash(): [number | null, (n: number | null) => void] {
  const read = () => Number(location.hash.match(/^#fact-(\d+)$/)?.[1] ?? 0) || null;
  const [at, set] = useState<number | null>(read);
  useEffect(() => {
    const onHash = () => set(read());
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);
  return [at, set];
}

/** Where the text has the names of the facts' countries and people, as whole words; longer names first. */
function namesIn(text: string, facts: Data['facts']): Mention[] {
  const names = new Map<string, Mention>();
  for (const { event } of facts) {
    for (const { id, name } of event.countries) names.set(name, { type: 'country', id, label: name, start: 0, end: 0 });
    for (const { id, name } of event.leaders) names.set(name, { type: 'leader', id, label: name, start: 0, end: 0 });
  }
  if (!names.size) return [];
  const sorted = [...names.keys()].sort((x, y) => y.length - x.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const found = text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])(?:${sorted.join('|')})(?![\\p{L}\\p{N}])`, 'gu'));
  return [...found].map((match) => {
    const start = Array.from(text.slice(0, match.index)).length;
    return { ...(names.get(match[0]) as Mention), start, end: start + Array.from(match[0]).length };
  });
}

/** The sentences that are kept as one text, and where in it spans of the article's text lie. */
function excerpt(sentences: { start: number; end: number; sentence: string }[]): { text: string; moved: (spans: Span[]) => Span[] } {
  const GAP = '\n\n';
  const places: { start: number; end: number; at: number }[] = [];
  let [text, length, end] = ['', 0, -1];
  for (const sentence of sentences) {
    if (sentence.end <= end) continue;
    const gap = text ? GAP : '';
    places.push({ start: sentence.start, end: sentence.end, at: length + gap.length });
    text += gap + sentence.sentence;
    length += gap.length + Array.from(sentence.sentence).length;
    end = sentence.end;
  }
  const move = ([from, to]: Span): Span[] => {
    const place = places.find((p) => p.start <= from && to <= p.end);
    return place ? [[place.at + from - place.start, place.at + to - place.start]] : [];
  };
  return { text, moved: (spans) => spans.flatMap(move) };
}

function Body({ article }: { article: Data }) {
  const [at, setAt] = useFactInHash();
  const first = (n: number) => article.facts[n]?.spans[0]?.[0] ?? Number.MAX_SAFE_INTEGER;
  const order = article.facts.map((_, n) => n).sort((x, y) => first(x) - first(y) || x - y);
  const facts = order.map((n) => article.facts[n] as Data['facts'][number]);
  const whole = Boolean(article.text);
  const { text, moved } = whole ? { text: article.text ?? '', moved: (spans: Span[]) => spans } : excerpt(article.sentences ?? []);
  const placed: Placed[] = facts.map((fact, n) => ({ key: String(n + 1), number: n + 1, kind: fact.event.kind, spans: moved(fact.spans) }));
  return (
    <div class="columns columns--article">
      <Section title="Text">
        {!whole && <p class="notice">The graph keeps the sentences that tell facts, not the whole text.</p>}
        <Annotated text={text} facts={placed} mentions={whole && article.mentions ? article.mentions : namesIn(text, facts)} active={at === null ? null : String(at)} />
      </Section>
      <Section title="Facts">
        {facts.length === 0 && <p class="faint">The program found no fact in it.</p>}
        <ol class="factlist">
          {facts.map((fact, n) => (
            <li key={n} id={`fact-${n + 1}`} tabIndex={-1} class={at === n + 1 ? 'factlist__item factlist__item--active' : 'factlist__item'} onMouseEnter={() => setAt(n + 1)} onFocusCapture={() => setAt(n + 1)}>
              <p class="factlist__title"><Glyph event={fact.event} /><To to={`/event/${encodeURIComponent(fact.event.id)}`}><span class="visually-hidden">{fact.event.kind}: </span>{titleOf(fact.event)}</To> <Status status={fact.event.status} /></p>
              <p class="event__meta">
                <time class="num">{dateOf(fact.event.date)}</time>
                <span class="dots">{fact.event.countries.map((country) => <CountryLink key={country.id} of={country} />)}</span>
                {fact.event.leaders.length > 0 && <span class="dots">{fact.event.leaders.map((leader) => <LeaderLink key={leader.id} of={leader} />)}</span>}
                <Confidence value={fact.confidence} />{fact.rule && <code>{fact.rule}</code>}
              </p>
            </li>
          ))}
        </ol>
      </Section>
    </div>
  );
}
