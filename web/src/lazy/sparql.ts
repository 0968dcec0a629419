/** YASQE and YASR, Zazuko's editor and result viewer for SPARQL; loaded only on their page. */
import Yasqe from '@zazuko/yasqe';
import Yasr from '@zazuko/yasr';

export const PREFIXES: Record<string, string> = {
  ent: 'https://w3id.org/entente/ontology#', id: 'https://w3id.org/entente/id/', graph: 'https://w3id.org/entente/graph/',
  oa: 'http://www.w3.org/ns/oa#', org: 'http://www.w3.org/ns/org#', prov: 'http://www.w3.org/ns/prov#', rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#', skos: 'http://www.w3.org/2004/02/skos/core#', sem: 'http://semanticweb.cs.vu.nl/2009/11/sem/', xsd: 'http://www.w3.org/2001/XMLSchema#',
};

// Completion of prefixes, classes and properties would ask other hosts; prefixes and our own terms come from here.
for (const name of ['class', 'property', 'prefixes']) delete Yasqe.Autocompleters[name];
Yasqe.registerAutocompleter({
  name: 'entente', bulk: true, autoShow: false, persistenceId: null,
  isValidCompletionPosition: (yasqe) => /^[a-z]*:/.test((yasqe.getCompleteToken() as unknown as { string: string }).string),
  get: () => terms(),
});
Yasqe.defaults.autocompleters = ['variables', 'entente'];

// Dates and names plainly, as an analyst reads them; the switch of the table shows types and numbers of rows.
const table = Yasr.defaults.plugins.table;
if (table) table.dynamicConfig = { compact: true, isEllipsed: false, pageSize: 50 };

let known: Promise<string[]> | null = null;
/** The terms that the graph uses, asked of the graph itself, once. */
function terms(): Promise<string[]> {
  known ??= fetch('/sparql', {
    method: 'POST', headers: { 'content-type': 'application/sparql-query', accept: 'application/sparql-results+json' },
    body: 'SELECT DISTINCT ?t WHERE { { SELECT DISTINCT ?t WHERE { ?s ?t ?o } } UNION { ?s a ?t } } LIMIT 2000',
  }).then(async (reply) => (await reply.json() as { results: { bindings: { t: { value: string } }[] } }).results.bindings.map(({ t }) => short(t.value)).sort()).catch(() => []);
  return known;
}
function short(iri: string): string {
  const found = Object.entries(PREFIXES).find(([, start]) => iri.startsWith(start) && /^[\w-]+$/.test(iri.slice(start.length)));
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : `<${iri}>`;
}

export interface Workbench { set(query: string): void; get(): string; run(): void; destroy(): void }

/** Sets up editor and results in their places; `on.open` gets a click on what the explorer has a page for. */
export function workbench(editor: HTMLElement, results: HTMLElement, query: string, on: { open(iri: string): void; change(query: string): void }): Workbench {
  const yasqe = new Yasqe(editor, {
    requestConfig: { ...Yasqe.defaults.requestConfig, endpoint: `${location.origin}/sparql`, method: 'POST' },
    persistenceId: null, createShareableLink: () => '', consumeShareLink: null, resizeable: false, collapsePrefixesOnLoad: true, showQueryButton: true, value: query,
    editorHeight: '22rem', screenReaderLabel: 'SPARQL query. Escape, then Tab, leaves the editor.', pluginButtons: () => [],
  } as never);
  const yasr = new Yasr(results, { persistenceId: null, prefixes: () => ({ ...PREFIXES, ...yasqe.getPrefixesFromQuery() }), maxPersistentResponseSize: 0 });
  yasqe.on('queryResponse', (_: Yasqe, response: unknown, duration: number) => { yasr.setResponse(response, duration); });
  yasqe.on('change' as 'blur', () => on.change(yasqe.getValue()));
  // The tab key indents in the editor; escape gives it back to the page, for those who go by keyboard.
  (yasqe as unknown as { addKeyMap(map: object): void }).addKeyMap({ Esc: () => editor.querySelector<HTMLElement>('.yasqe_queryButton')?.focus() });
  const click = (event: MouseEvent) => {
    const link = (event.target as HTMLElement).closest<HTMLAnchorElement>('a.iri');
    if (!link || !link.href.startsWith(PREFIXES.id as string) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    on.open(link.href.slice((PREFIXES.id as string).length));
  };
  results.addEventListener('click', click, true);
  return {
    set: (value) => { yasqe.setValue(value); yasqe.collapsePrefixes(true); },
    get: () => yasqe.getValue(),
    run: () => { void yasqe.query().catch(() => undefined); },
    destroy: () => { results.removeEventListener('click', click, true); yasqe.destroy(); yasr.destroy(); },
  };
}
