/** The filters of a view, which live in the address so that a view can be shared. */
import { useSearch } from 'wouter-preact';

export const KINDS = ['agreement', 'encounter', 'act'] as const;
export const STATUSES = ['signed', 'agreed', 'in-force', 'negotiating', 'planned', 'broken', 'held', 'ongoing', 'cancelled'] as const;
const ONE = ['since', 'until', 'min_confidence', 'background'] as const;
const MANY = ['sector', 'kind', 'status'] as const;

export interface Filters {
  since: string; until: string; min_confidence: string; background: string; sector: string[]; kind: string[]; status: string[];
}

export function readFilters(search: string): Filters {
  const from = new URLSearchParams(search);
  const one = Object.fromEntries(ONE.map((name) => [name, from.get(name) ?? '']));
  const many = Object.fromEntries(MANY.map((name) => [name, from.getAll(name)]));
  return { ...one, ...many } as unknown as Filters;
}

/** The filters as a query string without `?`, always in the same order; `also` adds what is not a filter. */
export function writeFilters(filters: Filters, also: Record<string, string> = {}): string {
  const to = new URLSearchParams();
  for (const [name, value] of Object.entries(also)) if (value) to.set(name, value);
  for (const name of ONE) if (filters[name]) to.set(name, filters[name]);
  for (const name of MANY) for (const value of filters[name]) to.append(name, value);
  return to.toString();
}

export function countFilters(filters: Filters): number {
  return ONE.filter((name) => filters[name]).length + MANY.reduce((sum, name) => sum + filters[name].length, 0);
}

/** `path` with parameters, where there are any. */
export const withQuery = (path: string, query: string): string => (query ? `${path}${path.includes('?') ? '&' : '?'}${query}` : path);

/** The address of `path` with the present filters, some of them set otherwise. */
export function useNarrowing(path: string): (change: Partial<Filters>) => string {
  const filters = readFilters(useSearch());
  return (change) => withQuery(path, writeFilters({ ...filters, ...change }));
}

/** The filters of the present view, as they go to the API and into links. */
export function useFilterQuery(): string {
  return writeFilters(readFilters(useSearch()));
}
