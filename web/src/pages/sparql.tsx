/** SPARQL: an editor with the catalogue of named questions as examples, and the answer as a table. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation, useSearch } from 'wouter-preact';
import { useAnswer, type List, type Parameter, type Question } from '../api';
import { Heading, Loaded } from '../ui/basics';
import { Share } from '../ui/filterbar';
import type { Workbench } from '../lazy/sparql';
import { capital, words } from '../words';

const START = `PREFIX ent: <https://w3id.org/entente/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?event ?what ?date
WHERE {
  ?event a ent:Agreement ; rdfs:label ?what ; ent:date ?date .
}
ORDER BY DESC(?date)
LIMIT 20`;

/** A question with parameters put where its `VALUES ?name { … }` stand. */
export function filled(question: Question, values: Record<string, string>): string {
  return question.parameters.reduce((sparql, parameter) => {
    const value = values[parameter.name]?.trim();
    if (!value) return sparql;
    return sparql.replace(new RegExp(`(VALUES \\?${parameter.name} \\{ )[^}]*( \\})`), (_, before: string, after: string) => `${before}${literal(parameter, value)}${after}`);
  }, question.sparql);
}
function literal(parameter: Parameter, value: string): string {
  if (value === 'any') return 'UNDEF';
  const quoted = `"${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
  if (parameter.kind === 'date') return `${quoted}^^xsd:date`;
  return /^(integer|number)$/.test(parameter.kind) && /^\d+$/.test(value) ? value : quoted;
}

/** The stylesheet of editor and results, loaded with them. */
function loadStyle(): void {
  if (document.getElementById('sparql-style')) return;
  const href = document.documentElement.dataset.sparqlStyle ?? '';
  document.head.append(Object.assign(document.createElement('link'), { id: 'sparql-style', rel: 'stylesheet', href }));
}

export function SparqlPage() {
  const search = new URLSearchParams(useSearch());
  const [path, go] = useLocation();
  const editor = useRef<HTMLDivElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const bench = useRef<Workbench | null>(null);
  const catalogue = useAnswer<List<Question> | Question[]>('/catalogue?limit=500');
  const [ready, setReady] = useState(false);
  const [asked] = useState(search.get('query') ?? START);
  useEffect(() => {
    let gone = false;
    let timer = 0;
    loadStyle();
    void import('../lazy/sparql').then(({ workbench }) => {
      if (gone || !editor.current || !results.current) return;
      bench.current = workbench(editor.current, results.current, asked, {
        open: (iri) => { const page = pageOfIri(iri); if (page) go(page); else window.open(`https://w3id.org/entente/id/${iri}`, '_blank', 'noreferrer'); },
        change: (query) => { clearTimeout(timer); timer = window.setTimeout(() => { if (!gone) history.replaceState(null, '', `${path}?query=${encodeURIComponent(query)}`); }, 400); },
      });
      setReady(true);
      if (search.get('query')) bench.current.run();
    });
    return () => { gone = true; clearTimeout(timer); bench.current?.destroy(); bench.current = null; };
  }, []);
  const use = (query: string) => { bench.current?.set(query); bench.current?.run(); };
  return (
    <>
      <Heading title="Ask in SPARQL" />
      <div class="columns columns--sparql">
        <div class="sparql">
          <div ref={editor} class="sparql__editor" />
          <p class="actions"><button type="button" class="primary" disabled={!ready} onClick={() => bench.current?.run()}>Run the query</button><Share /></p>
          <div ref={results} class="sparql__results" role="region" aria-label="Results" tabIndex={0} />
        </div>
        <aside class="side" aria-label="Catalogue">
          <h2>Questions</h2>
          <Loaded answer={catalogue}>{(data) => <Catalogue questions={Array.isArray(data) ? data : data.items} use={use} />}</Loaded>
        </aside>
      </div>
    </>
  );
}

function pageOfIri(rest: string): string | null {
  const [sort, id] = rest.split('/');
  return id && ['country', 'leader', 'event', 'article', 'dyad'].includes(sort ?? '') ? `/${sort}/${id}` : sort === 'organization' && id ? `/country/${id}` : null;
}

function Catalogue({ questions, use }: { questions: Question[]; use: (query: string) => void }) {
  const [name, setName] = useState('');
  const themes = useMemo(() => {
    const wanted = questions.filter((q) => `${q.title} ${q.description ?? ''}`.toLowerCase().includes(name.toLowerCase().trim()));
    return [...new Set(wanted.map((q) => q.theme ?? ''))].map((theme) => [theme, wanted.filter((q) => (q.theme ?? '') === theme)] as const);
  }, [questions, name]);
  return (
    <>
      <label class="above">Find a question <input type="search" value={name} onInput={(e) => setName(e.currentTarget.value)} /></label>
      {themes.map(([theme, list]) => (
        <div key={theme}>
          {theme && <h3>{capital(words(theme))}</h3>}
          {list.map((question) => <QuestionCard key={question.id} question={question} use={use} />)}
        </div>
      ))}
      {themes.length === 0 && <p class="faint">No question has these words.</p>}
    </>
  );
}

function QuestionCard({ question, use }: { question: Question; use: (query: string) => void }) {
  const [values, setValues] = useState<Record<string, string>>(() => Object.fromEntries(question.parameters.filter((p) => p.example && !p.default).map((p) => [p.name, p.example as string])));
  return (
    <details class="question">
      <summary>{question.title}</summary>
      {question.description && <p class="faint">{question.description}</p>}
      <form onSubmit={(e) => { e.preventDefault(); use(filled(question, values)); }}>
        {question.parameters.map((parameter) => (
          <label key={parameter.name} title={parameter.description}>{words(parameter.name)}
            <input value={values[parameter.name] ?? ''} placeholder={parameter.default ?? parameter.example ?? parameter.kind} onInput={(e) => { const value = e.currentTarget.value; setValues((old) => ({ ...old, [parameter.name]: value })); }} />
          </label>
        ))}
        <button type="submit" aria-label={`Ask: ${question.title}`}>Ask</button>
      </form>
    </details>
  );
}
