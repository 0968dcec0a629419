/** The network: all ties, or those around one country or leader; grows where one asks, never without bound. */
import { useEffect, useState } from 'preact/hooks';
import { useLocation, useSearch } from 'wouter-preact';
import { ask, useAnswer, type Graph, type Hit, type List } from '../api';
import { useFilterQuery, withQuery } from '../filters';
import { Heading, Loaded, Section, To } from '../ui/basics';
import { FilterBar } from '../ui/filterbar';
import { NetworkFigure, pageOf } from '../ui/network';
import { number, several } from '../words';

const FIRST = 40;
const MOST = 300;
const EXPAND = 20;

/** Two graphs as one; what the first has stays as it is. */
export function join(one: Graph, other: Graph): Graph {
  const key = (link: Graph['links'][number]) => [link.source, link.target].sort().join(' ') + link.kind;
  const nodes = new Set(one.nodes.map((node) => node.id));
  const links = new Set(one.links.map(key));
  return { nodes: [...one.nodes, ...other.nodes.filter((node) => !nodes.has(node.id))], links: [...one.links, ...other.links.filter((link) => !links.has(key(link)))], more: one.more ?? 0 };
}

export function NetworkPage() {
  const search = new URLSearchParams(useSearch());
  const [, go] = useLocation();
  const query = useFilterQuery();
  const center = search.get('center') ?? '';
  const limit = Math.min(Number(search.get('limit')) || FIRST, MOST);
  const also = { ...(center && { center }), ...(limit !== FIRST && { limit: String(limit) }) };
  const answer = useAnswer<Graph>(withQuery(`/graph?${new URLSearchParams({ ...(center && { center, depth: '1' }), limit: String(limit) })}`, query));
  const to = (change: Record<string, string>) => go(withQuery('/network', [new URLSearchParams({ ...also, ...change }).toString(), query].filter(Boolean).join('&')), { replace: true });
  return (
    <>
      <Heading title="Network of ties" />
      <CenterPicker center={center} choose={(id) => go(withQuery(id ? `/network?center=${encodeURIComponent(id)}` : '/network', query))} />
      <FilterBar keep={also} />
      <Loaded answer={answer}>
        {(data) => <Grown key={`${center} ${query}`} base={data} canMore={limit < MOST} more={() => to({ limit: String(Math.min(limit * 2, MOST)) })} />}
      </Loaded>
    </>
  );
}

function Grown({ base, more, canMore }: { base: Graph; more: () => void; canMore: boolean }) {
  const query = useFilterQuery();
  const [added, setAdded] = useState<Graph[]>([]);
  const [selected, select] = useState<string | null>(null);
  const [told, tell] = useState('');
  const [graph, setGraph] = useState(base);
  useEffect(() => setGraph(added.reduce(join, base)), [base, added]);
  const node = graph.nodes.find((n) => n.id === selected);
  const expand = async () => {
    if (!node) return;
    const center = node.type === 'leader' && !node.id.startsWith('leader/') ? `leader/${node.id}` : node.id;
    try {
      const next = await ask<Graph>(withQuery(`/graph?${new URLSearchParams({ center, depth: '1', limit: String(EXPAND) })}`, query));
      const fresh = next.nodes.filter((n) => !graph.nodes.some((m) => m.id === n.id)).length;
      setAdded([...added, next]);
      tell(`${several(fresh, 'neighbor')} added${next.more ? `; ${number(next.more)} more left out` : ''}`);
    } catch (error) { tell((error as Error).message); }
  };
  if (!base.nodes.length) return <p class="faint">No tie passes the filters.</p>;
  return (
    <div class="columns columns--network">
      <NetworkFigure graph={graph} height="min(70vh, 44rem)" selected={selected} onNode={select} />
      <div class="side">
        <Section title={node ? node.label : 'Look closer'}>
          <p><label>Node <select value={selected ?? ''} onChange={(e) => select(e.currentTarget.value || null)}>
            <option value="">choose, or click one</option>
            {[...graph.nodes].sort((a, b) => a.label.localeCompare(b.label)).map((n) => <option key={n.id} value={n.id}>{n.label}</option>)}
          </select></label></p>
          {node && <p class="actions"><span>{several(node.events, 'event')}</span><button type="button" onClick={expand}>Add its neighbors</button><To to={pageOf(node)}>Open its page</To></p>}
          <p role="status" class="faint">{told}</p>
          {added.length > 0 && <p><button type="button" onClick={() => { setAdded([]); tell(''); }}>Take the added away</button></p>}
        </Section>
        <Section title="Shown">
          <p>{several(graph.nodes.length, 'node')}, {several(graph.links.length, 'tie')}{base.more ? `; ${several(base.more, 'less lively node')} left out` : ''}.</p>
          {!!base.more && (canMore ? <p><button type="button" onClick={more}>Show more</button></p> : <p class="faint">A picture of more would show nothing; filter instead.</p>)}
        </Section>
      </div>
    </div>
  );
}

function CenterPicker({ center, choose }: { center: string; choose: (id: string) => void }) {
  const [text, setText] = useState('');
  const [told, tell] = useState('');
  const submit = async (e: Event) => {
    e.preventDefault();
    const hits = (await ask<List<Hit>>(`/search?limit=20&q=${encodeURIComponent(text)}`).catch(() => null))?.items ?? [];
    const hit = hits.find((h) => ['country', 'organization', 'leader'].includes(h.type));
    if (!hit) { tell(`Nothing like “${text}” has ties.`); return; }
    tell(''); setText('');
    choose(hit.type === 'leader' ? `leader/${hit.id.replace(/^leader\//, '')}` : hit.id);
  };
  return (
    <form class="centerpicker" onSubmit={submit}>
      <label>Around <input value={text} onInput={(e) => setText(e.currentTarget.value)} placeholder={center || 'everything'} /></label>
      <button type="submit" disabled={!text.trim()}>Show</button>
      {center && <button type="button" onClick={() => choose('')}>Show all ties</button>}
      <span role="status" class="faint">{told}</span>
    </form>
  );
}
