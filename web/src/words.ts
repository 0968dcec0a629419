/** How things are called and written on the pages. */
import type { Event, Hit } from './api';

const VERBS: Record<string, string> = {
  AGREE: 'agrees with', SUPPORT: 'supports', CONSULT: 'consults', CONCEDE: 'concedes to', COOPERATE: 'cooperates with', AID: 'aids',
  RETREAT: 'retreats before', REQUEST: 'requests of', ACCUSE: 'accuses', REJECT: 'rejects', THREATEN: 'threatens', PROTEST: 'protests against',
  SANCTION: 'sanctions', MOBILIZE: 'mobilizes against', COERCE: 'coerces', ASSAULT: 'assaults',
};
const CONFLICT = new Set(['REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT']);
const TYPES: Record<string, string> = { mou: 'memorandum of understanding', fta: 'free trade agreement' };

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** A slug in words: `in-force` → `in force`, `mou` → `memorandum of understanding`. */
export const words = (slug: string): string => TYPES[slug] ?? slug.replace(/[-_]/g, ' ');

/** Whether an event speaks of conflict: the one distinction that has a color. */
export const isConflict = (event: Event): boolean =>
  (event.tone ? event.tone === 'conflict' : event.kind === 'act' && CONFLICT.has(event.type)) || event.status === 'broken' || event.status === 'cancelled';

/** What an event is, in a few words that stand without its parties' list. */
export function titleOf(event: Event): string {
  if (event.kind === 'act' && (event.actor || event.recipient)) {
    const verb = VERBS[event.type] ?? words(event.type).toLowerCase();
    const name = (code: string | null | undefined) => event.countries.find((party) => party.id === code)?.name ?? code ?? 'somebody';
    return capital(`${name(event.actor)} ${verb} ${name(event.recipient)}`);
  }
  if (event.kind === 'encounter') return capital(words(event.type)) + (event.place ? ` in ${event.place}` : '');
  const topic = event.topic || event.name;
  return topic ? capital(topic) : capital(words(event.type));
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** `2025-11-02` → `2 Nov 2025`; as precise as what is given. */
export function dateOf(date: string | null | undefined): string {
  if (!date) return 'no date';
  if (/^-?\d{4,}-\d\d-\d\d/.test(date)) return DAY.format(new Date(`${date.slice(0, 10)}T00:00:00Z`));
  if (/^\d{4}-\d\d$/.test(date)) return MONTH.format(new Date(`${date}-01T00:00:00Z`));
  return date;
}

/** A short text with its days as `dateOf` writes them. */
export const withDates = (text: string | null | undefined): string => (text ?? '').replace(/\b\d{4}-\d\d-\d\d\b/g, dateOf);

const NUMBER = new Intl.NumberFormat('en-US');
export const number = (value: number | undefined | null): string => NUMBER.format(value ?? 0);
export const several = (count: number, one: string, many = `${one}s`): string => `${number(count)} ${count === 1 ? one : many}`;
/** A probability with two digits, never rounded up to certainty. */
export const probability = (value: number): string => Math.min(value, 0.99).toFixed(2);
/** A tone with its sign, so that it does not hang on color. */
export const tone = (score: number): string => `${score > 0 ? '+' : score < 0 ? '−' : '±'}${Math.abs(score).toFixed(1)}`;

export const dyadId = (a: string, b: string): string => (a < b ? `${a}-${b}` : `${b}-${a}`);

/** Where a search hit leads. */
export function pathOf(hit: Pick<Hit, 'type' | 'id'>): string {
  const id = encodeURIComponent(hit.id.replace(/^[a-z]+\//, ''));
  switch (hit.type) {
    case 'leader': return `/leader/${id}`;
    case 'event': return `/event/${id}`;
    case 'article': return `/article/${id}`;
    case 'sector': return `/events?sector=${id}`;
    default: return `/country/${id}`;
  }
}
