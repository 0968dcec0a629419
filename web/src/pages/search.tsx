/** Everything that a search finds, as one types: names, topics, and what sentences say. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Link, useLocation, useSearch } from 'wouter-preact';
import { useAnswer, type Hit, type List } from '../api';
import { Heading, Loaded } from '../ui/basics';
import { Marked } from '../ui/text';
import { capital, number, pathOf, withDates } from '../words';

const TYPES = ['country', 'organization', 'leader', 'sector', 'event', 'article'];
const PLURAL: Record<string, string> = { country: 'Countries', organization: 'Organizations', leader: 'Leaders', sector: 'Sectors', event: 'Events', article: 'Articles' };
const WAIT_MS = 150;
const MOST = 100;

export function SearchPage() {
  const [, go] = useLocation();
  const from = new URLSearchParams(useSearch());
  const asked = from.get('q') ?? '';
  const type = from.get('type') ?? '';
  const [text, setText] = useState(asked);
  // The address that typing has set comes back late: it must not undo what was typed since.
  const typed = useRef(asked);
  useEffect(() => { if (asked !== typed.current) { typed.current = asked; setText(asked); } }, [asked]);
  useEffect(() => {
    if (text.trim() === asked) return;
    const timer = setTimeout(() => { typed.current = text.trim(); go(`/search?${new URLSearchParams({ q: text.trim(), ...(type && { type }) })}`, { replace: true }); }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const answer = useAnswer<List<Hit>>(asked ? `/search?${new URLSearchParams({ q: asked, limit: String(MOST), ...(type && { type }) })}` : null);
  const choose = (value: string) => go(`/search?${new URLSearchParams({ q: asked, ...(value && { type: value }) })}`, { replace: true });
  return (
    <>
      <Heading title="Search" />
      <form class="searchpage" onSubmit={(e) => e.preventDefault()}>
        <label>What to look for <input type="search" value={text} onInput={(e) => setText(e.currentTarget.value)} /></label>
        <label>Sort <select value={type} onChange={(e) => choose(e.currentTarget.value)}><option value="">everything</option>{TYPES.map((t) => <option key={t} value={t}>{PLURAL[t]}</option>)}</select></label>
      </form>
      <p role="status" class="faint">{!asked ? 'Type a name, a topic, or words of a sentence.' : answer.data ? (answer.data.items.length ? `${number(answer.data.items.length)}${answer.data.items.length < MOST ? '' : ' or more'} found for “${asked}”` : `Nothing found for “${asked}”. Try fewer or other words.`) : ''}</p>
      {asked && <Loaded answer={answer}>{(data) => <Groups hits={data.items} asked={asked} />}</Loaded>}
    </>
  );
}

function Groups({ hits, asked }: { hits: Hit[]; asked: string }) {
  const types = [...new Set([...TYPES, ...hits.map((hit) => hit.type)])].filter((type) => hits.some((hit) => hit.type === type));
  return (
    <>
      {types.map((type) => (
        <section key={type} class="section">
          <h2>{PLURAL[type] ?? capital(type)}</h2>
          <ul class="hits">
            {hits.filter((hit) => hit.type === type).map((hit) => (
              <li key={hit.id}>
                <Link href={pathOf(hit)}><bdi>{capital(hit.label)}</bdi></Link> <span class="faint"><bdi>{withDates(hit.detail)}</bdi></span>
                {hit.sentence && <blockquote dir="auto"><Marked text={hit.sentence} marks={found(hit.sentence, asked)} /></blockquote>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** Where the words asked for stand in a sentence, in Unicode scalar values. */
export function found(sentence: string, asked: string): [number, number][] {
  const low = Array.from(sentence, (c) => { const l = c.toLowerCase(); return Array.from(l).length === 1 ? l : c; });
  const marks: [number, number][] = [];
  for (const word of asked.toLowerCase().split(/\s+/).filter(Boolean)) {
    const chars = Array.from(word);
    for (let at = 0; at + chars.length <= low.length; at++) {
      if (/[\p{L}\p{N}]/u.test(low[at - 1] ?? '')) continue;
      if (chars.every((c, n) => low[at + n] === c)) marks.push([at, at + chars.length]);
    }
  }
  return marks;
}
