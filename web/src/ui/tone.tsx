/** How the tone between two countries changed: a chart, and the same as a table. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Tone } from '../api';
import { dateOf, several, tone as signed } from '../words';
import { colors, useScheme } from './colors';

interface Row { label: string; score: number; coop: number; coop2: number; conflict: number; conflict2: number }
const MONTHS_AT_MOST = 36;

/** The months as they are, or, where they are many, gathered into years; years in which nothing happened have their place too. */
export function periods(tone: Tone[]): Row[] {
  const index = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
  const sorted = tone.filter((t) => /^\d{4}-\d\d/.test(t.month)).sort((x, y) => (x.month < y.month ? -1 : 1));
  const [from, to] = [sorted[0], sorted.at(-1)];
  if (!from || !to) return [];
  const yearly = index(to.month) - index(from.month) >= MONTHS_AT_MOST;
  const keyOf = (t: Tone) => (yearly ? Number(t.month.slice(0, 4)) : index(t.month));
  const rows: Row[] = [];
  for (let key = keyOf(from); key <= keyOf(to); key++) {
    const within = sorted.filter((t) => keyOf(t) === key);
    const sum = (pick: (t: Tone) => number) => within.reduce((total, t) => total + pick(t), 0);
    const label = yearly ? String(key) : dateOf(`${Math.floor(key / 12)}-${String((key % 12) + 1).padStart(2, '0')}`);
    rows.push({
      label, coop: sum((t) => t.verbal_coop), coop2: sum((t) => t.material_coop), conflict: sum((t) => t.verbal_conf), conflict2: sum((t) => t.material_conf),
      score: within.length ? sum((t) => t.score ?? 0) / within.length : 0,
    });
  }
  return rows;
}

export function ToneFigure({ tone }: { tone: Tone[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useScheme();
  const rows = useMemo(() => periods(tone), [tone]);
  const filled = rows.filter((row) => row.coop + row.coop2 + row.conflict + row.conflict2 > 0);
  useEffect(() => {
    let undo: (() => void) | undefined;
    let gone = false;
    if (rows.length) void import('../lazy/chart').then(({ drawTone }) => { if (!gone && canvas.current) undo = drawTone(canvas.current, rows, colors()); });
    return () => { gone = true; undo?.(); };
  }, [rows, scheme]);
  if (!filled.length) return <p class="faint">No act passes the filters.</p>;
  const sum = (pick: (row: Row) => number) => filled.reduce((total, row) => total + pick(row), 0);
  const told = `${several(sum((r) => r.coop + r.coop2), 'event')} of cooperation, ${several(sum((r) => r.conflict + r.conflict2), 'event')} of conflict, ${filled[0]?.label} to ${filled.at(-1)?.label}`;
  return (
    <figure class="chart">
      <ul class="legend" aria-hidden="true">
        <li class="legend__coop">material cooperation</li><li class="legend__coop2">verbal cooperation</li><li class="legend__conflict2">verbal conflict</li><li class="legend__conflict">material conflict</li>
      </ul>
      <div class="chart__frame"><canvas ref={canvas} role="img" aria-label={`Chart of tone: ${told}. The table below has the same numbers.`} /></div>
      <details class="more">
        <summary>The same as a table</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label="Tone as a table"><table>
          <thead><tr><th scope="col">Period</th><th scope="col" class="right">Verbal coop.</th><th scope="col" class="right">Material coop.</th><th scope="col" class="right">Verbal conflict</th><th scope="col" class="right">Material conflict</th><th scope="col" class="right">Tone</th></tr></thead>
          <tbody>{filled.map((row) => <tr key={row.label}><th scope="row" class="nowrap">{row.label}</th><td class="right num">{row.coop}</td><td class="right num">{row.coop2}</td><td class="right num">{row.conflict}</td><td class="right num">{row.conflict2}</td><td class="right num">{signed(row.score)}</td></tr>)}</tbody>
        </table></div>
      </details>
    </figure>
  );
}
