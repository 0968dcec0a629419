/** Adding an article: dropped, chosen or pasted; its facts are shown beside the text, and stored once they are approved. */
import { useRef, useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { ask, forgetAnswers, useAbout, type Mention, type Span } from '../api';
import { Heading, Section } from '../ui/basics';
import { Confidence, Status } from '../ui/events';
import { Annotated, type Placed } from '../ui/text';
import { Writing } from '../ui/writing';
import { capital, dateOf, several, words } from '../words';
import { useFactInHash } from './article';

interface Evidence { start: number; end: number; quote: string; rule: string }
interface Fact { type: string; parties?: string[]; countries?: string[]; actor?: string; recipient?: string; participants?: string[]; topic?: string; place?: string; status?: string; date?: string; confidence: number; evidence: Evidence[] }
interface Named { id: string; name: string; mentions: Span[] }
interface Facts { article: { title?: string; published?: string; source?: string | null }; countries: Named[]; organizations: Named[]; leaders: Named[]; agreements: Fact[]; encounters: Fact[]; acts: Fact[] }
interface Extracted extends Facts { text: string }
interface Draft { body: string; type: string; name: string }
interface Reviewed { key: string; kind: Placed['kind']; fact: Fact; title: string }

const LISTS = [['agreements', 'agreement'], ['encounters', 'encounter'], ['acts', 'act']] as const;
const MOST_BYTES = 5_000_000;

function reviewed(facts: Facts): Reviewed[] {
  const name = (id: string | undefined) => [...facts.countries, ...facts.organizations].find((c) => c.id === id)?.name ?? id ?? 'somebody';
  const title = (kind: string, fact: Fact) => {
    if (kind === 'act') return `${name(fact.actor)} – ${words(fact.type).toLowerCase()} – ${name(fact.recipient)}`;
    const with_ = (fact.parties ?? fact.countries ?? []).map(name).join(', ');
    return `${capital(fact.topic ?? words(fact.type))}${fact.place ? ` in ${fact.place}` : ''}${with_ ? ` (${with_})` : ''}`;
  };
  return LISTS.flatMap(([list, kind]) => facts[list].map((fact, n) => ({ key: `${list}/${n}`, kind, fact, title: title(kind, fact) })))
    .sort((x, y) => (x.fact.evidence[0]?.start ?? 0) - (y.fact.evidence[0]?.start ?? 0));
}

function mentions(facts: Facts): Mention[] {
  const of = (type: string, list: Named[]) => list.flatMap((one) => one.mentions.map(([start, end]) => ({ type, id: one.id, label: one.name, start, end })));
  return [...of('country', facts.countries), ...of('country', facts.organizations), ...of('leader', facts.leaders)];
}

export function IngestPage() {
  const about = useAbout();
  return (
    <>
      <Heading title="Add an article" />
      {about && !about.writable && <p class="notice">This server only reads. Start it with <code>entente serve --writable</code> to add articles here, or use <code>entente build</code>.</p>}
      {about?.writable && <Writing>{(who) => <Ingest who={who} />}</Writing>}
    </>
  );
}

function Ingest({ who }: { who: string }) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [meta, setMeta] = useState({ published: '', source: '', title: '' });
  const [result, setResult] = useState<Extracted | null>(null);
  const [told, tell] = useState('');
  const query = new URLSearchParams(Object.entries(meta).filter(([, value]) => value)).toString();
  const read = async (next: Draft) => {
    setDraft(next); setResult(null); tell('Reading …');
    try {
      const got = await ask<Extracted>(`/extract${query ? `?${query}` : ''}`, { method: 'POST', headers: { 'content-type': next.type }, body: next.body });
      setResult(got); tell('');
    } catch (error) { tell((error as Error).message); }
  };
  return (
    <>
      <div class="ingest__meta">
        <label>Published <input type="date" value={meta.published} onInput={(e) => setMeta({ ...meta, published: e.currentTarget.value })} /></label>
        <label>Source <input value={meta.source} onInput={(e) => setMeta({ ...meta, source: e.currentTarget.value })} placeholder="as the text tells" /></label>
        <label class="grow">Title <input value={meta.title} onInput={(e) => setMeta({ ...meta, title: e.currentTarget.value })} placeholder="as the text tells" /></label>
      </div>
      <Drop read={read} tell={tell} />
      <p role="status">{told}</p>
      {draft && result && <Review key={draft.body} draft={draft} query={query} result={result} who={who} />}
    </>
  );
}

function Drop({ read, tell }: { read: (draft: Draft) => void; tell: (text: string) => void }) {
  const [text, setText] = useState('');
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MOST_BYTES) { tell(`${file.name} is over 5 MB: use \`entente build\` for archives.`); return; }
    const html = /\.x?html?$/i.test(file.name) || file.type.includes('html');
    read({ body: await file.text(), type: html ? 'text/html' : 'text/plain', name: file.name });
  };
  const drop = async (e: DragEvent) => {
    e.preventDefault(); setOver(false);
    const file = e.dataTransfer?.files[0];
    if (file) { await take(file); return; }
    const html = e.dataTransfer?.getData('text/html');
    const plain = e.dataTransfer?.getData('text/plain');
    if (html) read({ body: html, type: 'text/html', name: 'dropped' }); else if (plain) read({ body: plain, type: 'text/plain', name: 'dropped' });
  };
  return (
    <form class={over ? 'drop drop--over' : 'drop'} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}
      onSubmit={(e) => { e.preventDefault(); if (text.trim()) read({ body: text, type: /^\s*</.test(text) ? 'text/html' : 'text/plain', name: 'pasted' }); }}>
      <label class="drop__text">Drop a text or a saved page here, or paste it
        <textarea rows={7} value={text} dir="auto" onInput={(e) => setText(e.currentTarget.value)} />
      </label>
      <p class="actions"><button type="submit" class="primary" disabled={!text.trim()}>Read it</button>
        <button type="button" onClick={() => input.current?.click()}>Choose a file …</button>
        <input ref={input} type="file" class="visually-hidden" tabIndex={-1} aria-label="A file with an article" accept=".txt,.md,.html,.htm,.xhtml,text/plain,text/html" onChange={(e) => take(e.currentTarget.files?.[0])} />
        <span class="faint">Nothing is stored before you say so.</span></p>
    </form>
  );
}

function Review({ draft, query, result, who }: { draft: Draft; query: string; result: Extracted; who: string }) {
  const [out, setOut] = useState<Set<string>>(new Set());
  const [told, tell] = useState('');
  const [busy, setBusy] = useState(false);
  const [at, setAt] = useFactInHash();
  const [, go] = useLocation();
  const facts = reviewed(result);
  const placed: Placed[] = facts.map((item, n) => ({ key: String(n + 1), number: n + 1, kind: item.kind, spans: item.fact.evidence.map((e): Span => [e.start, e.end]) }));
  const flip = (key: string) => setOut((old) => { const next = new Set(old); if (!next.delete(key)) next.add(key); return next; });
  const store = async () => {
    setBusy(true);
    const params = new URLSearchParams(query);
    for (const key of out) params.append('leave_out_fact', key);
    if (out.size) params.set('by', who);
    try {
      const reply = await ask<{ id: string }>(`/articles?${params}`, { method: 'POST', headers: { 'content-type': draft.type }, body: draft.body });
      forgetAnswers();
      go(`/article/${encodeURIComponent(reply.id)}`);
    } catch (error) { tell((error as Error).message); setBusy(false); }
  };
  return (
    <div class="columns columns--article">
      <Section title="Text"><Annotated text={result.text} facts={placed.filter((_, n) => !out.has(facts[n]?.key ?? ''))} mentions={mentions(result)} active={at === null ? null : String(at)} /></Section>
      <Section title={several(facts.length, 'fact')}>
        <p class="faint">Published {dateOf(result.article.published)}. Take the tick from what is wrong.</p>
        <ol class="factlist">
          {facts.map((item, n) => (
            <li key={item.key} id={`fact-${n + 1}`} class={at === n + 1 ? 'factlist__item factlist__item--active' : 'factlist__item'} onMouseEnter={() => setAt(n + 1)} onFocusCapture={() => setAt(n + 1)}>
              <label class="factlist__title"><input type="checkbox" checked={!out.has(item.key)} onChange={() => flip(item.key)} /> <span class={`glyph glyph--${item.kind}`} aria-hidden="true" /><span class="visually-hidden">{item.kind}: </span><bdi>{item.title}</bdi> <Status status={item.fact.status} /></label>
              <p class="event__meta"><time class="num">{dateOf(item.fact.date)}</time><Confidence value={item.fact.confidence} />{item.fact.evidence[0] && <code>{item.fact.evidence[0].rule}</code>}</p>
            </li>
          ))}
        </ol>
        {told && <p role="alert">{told}</p>}
        <p><button type="button" class="primary wide" disabled={busy || (out.size > 0 && !who)} onClick={store}>Store the article with {several(facts.length - out.size, 'fact')}</button></p>
        {out.size > 0 && !who && <p class="faint">Who leaves facts out is kept with the decision: give your name above.</p>}
      </Section>
    </div>
  );
}
