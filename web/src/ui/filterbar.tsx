/** The bar of filters over a view. What is set stands in the address. */
import { useState } from 'preact/hooks';
import { useLocation, useSearch } from 'wouter-preact';
import { useAnswer, type Labeled, type List } from '../api';
import { countFilters, KINDS, readFilters, STATUSES, writeFilters, type Filters } from '../filters';
import { capital, words } from '../words';

const CONFIDENCES = ['', '0.5', '0.7', '0.8', '0.9'];
const toggle = (list: string[], item: string): string[] => (list.includes(item) ? list.filter((x) => x !== item) : [...list, item]);

export function FilterBar({ keep = {} }: { keep?: Record<string, string> }) {
  const search = useSearch();
  const [path, go] = useLocation();
  const filters = readFilters(search);
  const set = (change: Partial<Filters>) => {
    const query = writeFilters({ ...filters, ...change }, keep);
    go(query ? `${path}?${query}` : path, { replace: true });
  };
  const count = countFilters(filters);
  return (
    <details class="filters" open={count > 0 && window.innerWidth > 700}>
      <summary>Filters{count > 0 && <span class="filters__count"><span class="visually-hidden">, set: </span>{count}</span>}</summary>
      <form class="filters__form" onSubmit={(e) => e.preventDefault()}>
        <fieldset><legend>Period</legend>
          <label>from <input type="date" value={filters.since} onChange={(e) => set({ since: e.currentTarget.value })} /></label>
          <label>to <input type="date" value={filters.until} onChange={(e) => set({ until: e.currentTarget.value })} /></label>
        </fieldset>
        <fieldset><legend>Kind</legend>
          {KINDS.map((kind) => (
            <label class="chip" key={kind}><input type="checkbox" checked={filters.kind.includes(kind)} onChange={() => set({ kind: toggle(filters.kind, kind) })} />{kind}s</label>
          ))}
        </fieldset>
        <fieldset class="filters__wide"><legend>Factuality: how far it has come</legend>
          {STATUSES.map((status) => (
            <label class="chip" key={status}><input type="checkbox" checked={filters.status.includes(status)} onChange={() => set({ status: toggle(filters.status, status) })} />{words(status)}</label>
          ))}
        </fieldset>
        <fieldset><legend>Sector</legend><Sectors chosen={filters.sector} set={(sector) => set({ sector })} /></fieldset>
        <fieldset><legend>Certainty</legend>
          <label>confidence <select value={filters.min_confidence} onChange={(e) => set({ min_confidence: e.currentTarget.value })}>
            {CONFIDENCES.map((value) => <option key={value} value={value}>{value ? `${value} or more` : 'any'}</option>)}
          </select></label>
          <label>told as <select value={filters.background} onChange={(e) => set({ background: e.currentTarget.value })}>
            <option value="">news or background</option><option value="false">news only</option><option value="true">background only</option>
          </select></label>
        </fieldset>
        <div class="filters__actions">
          <button type="button" disabled={!count} onClick={() => set(readFilters(''))}>Clear filters</button>
          <Share />
        </div>
      </form>
    </details>
  );
}

function Sectors({ chosen, set }: { chosen: string[]; set: (sectors: string[]) => void }) {
  const { data } = useAnswer<List<Labeled> | Labeled[]>('/sectors');
  const all = Array.isArray(data) ? data : (data?.items ?? []);
  const label = (id: string) => all.find((sector) => sector.id === id)?.label ?? capital(words(id));
  return (
    <>
      <label><span class="visually-hidden">Add a sector</span>
        <select value="" onChange={(e) => { if (e.currentTarget.value) set([...chosen, e.currentTarget.value]); }}>
          <option value="">{chosen.length ? 'add another …' : 'any sector'}</option>
          {all.filter((sector) => !chosen.includes(sector.id)).map((sector) => <option key={sector.id} value={sector.id}>{sector.label}</option>)}
        </select>
      </label>
      {chosen.map((id) => <button type="button" class="chip chip--on" key={id} onClick={() => set(chosen.filter((x) => x !== id))}><span class="visually-hidden">Remove sector </span>{label(id)} <span aria-hidden="true">×</span></button>)}
    </>
  );
}

/** Copies the address of the view, which holds all of it. */
export function Share() {
  const [told, tell] = useState('');
  const copy = async () => {
    try { await navigator.clipboard.writeText(location.href); tell('Link copied'); } catch { tell('Copy the address of the browser'); }
    setTimeout(() => tell(''), 3000);
  };
  return <><button type="button" onClick={copy}>Copy link to this view</button> <span role="status" class="faint">{told}</span></>;
}
