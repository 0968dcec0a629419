/** The search in the page's head: a combobox after the ARIA pattern, answering as one types. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { ask, type Hit, type List } from '../api';
import { pathOf, withDates } from '../words';

const WAIT_MS = 120;

export function SearchBox() {
  const [text, setText] = useState('');
  const [hits, setHits] = useState<Hit[]>([]);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const [told, tell] = useState('');
  const [, go] = useLocation();
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      const inField = (e.target as HTMLElement).closest('input, textarea, select, [contenteditable], .CodeMirror');
      if (e.key === '/' && !inField && !e.ctrlKey && !e.metaKey && !e.altKey) { e.preventDefault(); input.current?.focus(); }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  useEffect(() => {
    if (!text.trim()) { setHits([]); tell(''); return; }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      ask<List<Hit>>(`/search?limit=8&q=${encodeURIComponent(text.trim())}`, { signal: stop.signal }).then(
        (data) => { setHits(data.items.slice(0, 8)); setAt(-1); tell(data.items.length ? `${Math.min(8, data.items.length)} suggestions` : 'Nothing found'); },
        () => setHits([]),
      );
    }, WAIT_MS);
    return () => { clearTimeout(timer); stop.abort(); };
  }, [text]);

  const choose = (path: string) => { setOpen(false); setText(''); input.current?.blur(); go(path); };
  const onKey = (e: KeyboardEvent) => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      setOpen(true);
      const step = e.key === 'ArrowDown' ? 1 : -1;
      setAt((n) => (hits.length ? (n + step + hits.length + (n < 0 && step < 0 ? 1 : 0)) % hits.length : -1));
    } else if (e.key === 'Escape') { setOpen(false); setAt(-1); }
  };
  const submit = (e: Event) => {
    e.preventDefault();
    const hit = hits[at];
    if (open && hit) choose(pathOf(hit));
    else if (text.trim()) choose(`/search?q=${encodeURIComponent(text.trim())}`);
  };
  const shown = open && hits.length > 0;
  return (
    <form class="searchbox" role="search" onSubmit={submit}>
      <input ref={input} type="search" role="combobox" aria-label="Search names, topics and quotes" placeholder="Search names, topics, quotes" autocomplete="off"
        aria-expanded={shown} aria-controls="suggestions" aria-autocomplete="list" aria-activedescendant={shown && at >= 0 ? `suggestion-${at}` : undefined}
        value={text} onInput={(e) => { setText(e.currentTarget.value); setOpen(true); }} onFocus={() => setOpen(true)} onBlur={() => setOpen(false)} onKeyDown={onKey} />
      <kbd aria-hidden="true">/</kbd>
      <ul id="suggestions" role="listbox" aria-label="Suggestions" hidden={!shown}>
        {hits.map((hit, n) => (
          <li key={`${hit.type}${hit.id}`} id={`suggestion-${n}`} role="option" aria-selected={n === at} onMouseDown={(e) => { e.preventDefault(); choose(pathOf(hit)); }} onMouseMove={() => setAt(n)}>
            <span class="searchbox__type">{hit.type}</span><bdi class="searchbox__label">{hit.label}</bdi><span class="faint"><bdi>{withDates(hit.detail)}</bdi></span>
          </li>
        ))}
      </ul>
      <span role="status" class="visually-hidden">{open ? told : ''}</span>
    </form>
  );
}
