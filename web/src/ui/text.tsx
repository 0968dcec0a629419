/** Text with marks. Whatever an article says becomes text nodes, never markup. Offsets count Unicode scalar values. */
import type { ComponentChildren } from 'preact';
import { Link } from 'wouter-preact';
import type { Kind, Mention, Span } from '../api';
import { pathOf } from '../words';

/** A sentence with parts of it marked. */
export function Marked({ text, marks }: { text: string; marks: Span[] }) {
  if (!marks.length) return <>{text}</>;
  const chars = Array.from(text);
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const [start, end] of [...marks].sort((x, y) => x[0] - y[0])) {
    if (start < at || end <= start) continue;
    parts.push(chars.slice(at, start).join(''), <mark key={start}>{chars.slice(start, end).join('')}</mark>);
    at = end;
  }
  parts.push(chars.slice(at).join(''));
  return <>{parts}</>;
}

/** A fact as its place in the text needs it. */
export interface Placed { key: string; number: number; kind: Kind; spans: Span[] }

interface Piece { start: number; end: number; facts: Placed[]; mention?: Mention }

/** The text cut at every border of a span, each piece with what lies over it. */
export function pieces(length: number, facts: Placed[], mentions: Mention[]): Piece[] {
  const borders = new Set([0, length]);
  const within = (n: number) => Math.max(0, Math.min(length, n));
  for (const fact of facts) for (const [start, end] of fact.spans) borders.add(within(start)).add(within(end));
  for (const mention of mentions) borders.add(within(mention.start)).add(within(mention.end));
  const sorted = [...borders].sort((x, y) => x - y);
  return sorted.slice(0, -1).map((start, n) => {
    const end = sorted[n + 1] as number;
    const over = (from: number, to: number) => from <= start && end <= to;
    const mention = mentions.find((m) => over(m.start, m.end));
    return { start, end, facts: facts.filter((fact) => fact.spans.some(([from, to]) => over(from, to))), ...(mention && { mention }) };
  });
}

/** The whole text of an article, its facts highlighted and linked to their entries, its entities to their pages. */
export function Annotated({ text, facts, mentions, active }: { text: string; facts: Placed[]; mentions: Mention[]; active: string | null }) {
  const chars = Array.from(text);
  return (
    <div class="annotated" dir="auto">
      {pieces(chars.length, facts, mentions).map((piece) => {
        const words = chars.slice(piece.start, piece.end).join('');
        const on = piece.facts.find((fact) => fact.key === active) ?? piece.facts[0];
        const link = piece.mention ? <Link key={`m${piece.start}`} class="mention" href={pathOf(piece.mention)} title={piece.mention.label}>{words}</Link> : null;
        if (!on) return link ?? <span key={piece.start}>{words}</span>;
        const look = `hl hl--${on.kind}${on.key === active ? ' hl--active' : ''}${piece.facts.length > 1 ? ' hl--several' : ''}`;
        if (link) return <span key={piece.start} class={look} data-facts={piece.facts.map((fact) => fact.number).join(' ')}>{link}</span>;
        return <a key={piece.start} class={look} href={`#fact-${on.number}`} data-facts={piece.facts.map((fact) => fact.number).join(' ')}>{words}</a>;
      })}
    </div>
  );
}
