/** The JSON API of `entente serve` as the explorer sees it: shapes, and one way to fetch them. */
import { useEffect, useState } from 'preact/hooks';

export interface Ref { id: string; name: string }
export interface Labeled { id: string; label: string; count?: number }
export type Kind = 'agreement' | 'encounter' | 'act';

/** An event as lists have it. Dates are as precise as the reports tell: `2025`, `2025-11` or `2025-11-02`. */
export interface Event {
  id: string; kind: Kind; type: string; name: string; status?: string | null; date?: string | null; date_basis?: string | null;
  countries: Ref[]; leaders: Ref[]; sectors: Labeled[]; topic?: string | null; place?: string | null;
  actor?: string | null; recipient?: string | null; tone?: 'cooperation' | 'conflict'; background: boolean; confidence: number; articles: number;
  sentence?: string | null; source?: string | null;
}
export interface ArticleRef { id: string; title: string; source?: string | null; published?: string | null; url?: string | null }
/** Where something stands: from, to (not included), in Unicode scalar values. */
export type Span = [number, number];
/** What one article says; marks are offsets in Unicode scalar values within the sentence. */
export interface Report {
  article: ArticleRef; sentence: string; marks?: Span[]; rule?: string; confidence: number; attributed_to?: string | null; same_because?: string[];
  says?: { date?: string | null; status?: string | null; type?: string | null };
}
export interface FullEvent extends Event {
  /** Articles of steps and conflicts are keys; each has a report here. */
  reports: Report[]; history?: { status: string; date?: string | null; articles: string[] }[];
  conflicts?: { what: string; values: { value: string; articles: string[] }[] }[];
  decisions?: Decision[];
  produced?: Event[]; produced_by?: Event[];
}
export interface Dyad { id: string; a: Ref; b: Ref; events: number; score?: number | null; last?: string | null }
export interface Partner { id: string; name: string; events: number; score?: number | null }
export interface Summary { agreements: number; encounters: number; acts: number; articles: number }
export interface Person { id: string; name: string; title?: string | null; country?: Ref | string | null; events?: number }
export interface GraphNode { id: string; type: string; label: string; events: number }
export interface GraphLink { source: string; target: string; kind: string; count: number; score?: number | null }
export interface Graph { nodes: GraphNode[]; links: GraphLink[]; more?: number }
export interface Overview { summary: Summary; dyads: Dyad[]; newest: Event[]; network: Graph }
export interface CountryPage {
  id: string; name: string; iso2?: string | null; capital?: string | null; summary: Summary; partners: Partner[];
  leaders: Person[]; sectors: Labeled[]; newest: Event[];
}
export interface Tone { month: string; score: number | null; verbal_coop: number; material_coop: number; verbal_conf: number; material_conf: number }
export interface DyadPage {
  id: string; a: Ref; b: Ref; summary: Summary; timeline: Event[]; tone: Tone[]; sectors: Labeled[];
  agreements_by_status: { status: string; count: number }[]; people: Person[];
}
export interface Office { office: string; title?: string | null; country?: Ref | null; since?: string | null; until?: string | null }
export interface LeaderPage {
  id: string; name: string; names: string[]; country?: Ref | null; offices: Office[]; learned: boolean; wikidata?: string | null;
  encounters: Event[]; agreements: Event[]; acts: Event[];
}
export interface Mention { type: string; id: string; label: string; start: number; end: number }
export interface ArticlePage extends ArticleRef {
  text?: string | null; mentions?: Mention[]; sentences?: { start: number; end: number; sentence: string }[];
  facts: { event: Event; spans: Span[]; rule?: string; confidence: number }[];
}
export interface Hit { type: string; id: string; label: string; detail?: string | null; sentence?: string | null; kind?: Kind }
export interface List<T> { items: T[]; total: number; next: string | null }
/** What one side of a suggestion tells; the article as a key or whole. */
export interface Side { article: string | ArticleRef; tells: string; quotes: string[] }
export interface Suggestion {
  id: string; kind: 'merge' | 'doubt'; a: Event | null; b: Event | null; one: Side; other: Side; why: string[]; against: string[]; score: number;
}
export interface Decision { id: string; decides: string; by: string; why: string; at: string }
export interface Quality {
  /** Whether the whole graph was looked at; a large one takes minutes. */
  complete: boolean;
  checks: { id: string; label: string; count: number; examples: { about: string; values: string[] }[] }[]; suggestions: Suggestion[]; decisions: Decision[];
}
export interface Parameter { name: string; kind: string; default?: string | null; example?: string | null; description?: string }
export interface Question { id: string; title: string; theme?: string; description?: string | null; parameters: Parameter[]; sparql: string }
export interface About { version: string; writable: boolean; store: Record<string, number>; knowledge?: string }

/** What the server answered instead of what was asked for. */
export class ApiError extends Error {
  constructor(readonly status: number, message: string) { super(message); }
}

const TOKEN = 'entente-token';

/** Takes the token out of the address (`#token=…`), where the server put it, and keeps it for this tab. */
export function takeToken(): void {
  const found = location.hash.match(/^#token=(.+)$/);
  if (!found?.[1]) return;
  let shown = found[1];
  try {
    shown = decodeURIComponent(shown);
  } catch {
    // It is shown as it stands; the server says that it is none.
  }
  sessionStorage.setItem(TOKEN, shown);
  history.replaceState(null, '', location.pathname + location.search);
}
export const token = (): string | null => sessionStorage.getItem(TOKEN);
export const keepToken = (value: string): void => sessionStorage.setItem(TOKEN, value);

/** Asks the API; rejects with an `ApiError` that says what the server said. */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set('accept', 'application/json');
  const secret = token();
  if (secret && init.method && init.method !== 'GET') headers.set('authorization', `Bearer ${secret}`);
  let reply: Response;
  try {
    reply = await fetch(`/api/v1${path}`, { ...init, headers });
  } catch (problem) {
    if ((problem as Error).name === 'AbortError') throw problem;
    throw new ApiError(0, 'The server does not answer. Is `entente serve` still running?');
  }
  if (reply.ok) return reply.status === 204 ? (undefined as T) : ((await reply.json()) as T);
  const told = await reply.json().catch(() => null) as { detail?: string; title?: string } | null;
  throw new ApiError(reply.status, told?.detail ?? told?.title ?? `The server answered ${reply.status}.`);
}

/** Answers already given in this visit, so that going back is instant; oldest first. */
const answers = new Map<string, unknown>();
const KEPT = 80;
function keep(path: string, answer: unknown): void {
  answers.delete(path);
  answers.set(path, answer);
  if (answers.size > KEPT) answers.delete(answers.keys().next().value as string);
}
/** Forgets the answers: after something was written, they may be wrong. */
export const forgetAnswers = (): void => answers.clear();

/** `of` is the path that `data` answers: while the next is on its way, the one before. */
export interface Answer<T> { data: T | null; of: string | null; error: ApiError | null; busy: boolean; again: () => void }

/** The answer to `path`; while the next is on its way, the last one stays (`busy`). `null` asks nothing. */
export function useAnswer<T>(path: string | null): Answer<T> {
  const [state, setState] = useState<{ of: string | null; data: T | null; error: ApiError | null; busy: boolean }>(() => {
    const known = path === null ? null : ((answers.get(path) as T) ?? null);
    return { of: path, data: known, error: null, busy: path !== null && known === null };
  });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (path === null) { setState({ of: path, data: null, error: null, busy: false }); return; }
    const known = answers.get(path) as T | undefined;
    if (known !== undefined) { setState({ of: path, data: known, error: null, busy: false }); return; }
    const stop = new AbortController();
    setState((old) => ({ ...old, busy: true, error: null }));
    ask<T>(path, { signal: stop.signal }).then(
      (data) => { keep(path, data); setState({ of: path, data, error: null, busy: false }); },
      (problem: Error) => {
        if (problem.name !== 'AbortError') setState({ of: path, data: null, error: problem as ApiError, busy: false });
      },
    );
    return () => stop.abort();
  }, [path, round]);
  return { data: state.data, of: state.of, error: state.error, busy: state.busy, again: () => setRound((n) => n + 1) };
}

export const useAbout = (): About | null => useAnswer<About>('/').data;
