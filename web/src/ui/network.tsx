/** A network of ties: a picture for the eye, and the same ties as a table for everybody else. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import type { Graph, GraphNode } from '../api';
import { useFilterQuery, withQuery } from '../filters';
import type { Picture } from '../lazy/graph';
import { dyadId, number, several } from '../words';
import { To, ToneBar } from './basics';
import { colors, useScheme } from './colors';

/** The page of a node. */
export const pageOf = (node: Pick<GraphNode, 'id' | 'type'>): string =>
  node.type === 'leader' || node.id.startsWith('leader/') ? `/leader/${encodeURIComponent(node.id.replace(/^leader\//, ''))}` : `/country/${encodeURIComponent(node.id)}`;

export function NetworkFigure({ graph, height, selected = null, onNode }: { graph: Graph; height: string; selected?: string | null; onNode?: (id: string) => void }) {
  const frame = useRef<HTMLDivElement>(null);
  const picture = useRef<Picture | null>(null);
  const [, go] = useLocation();
  const query = useFilterQuery();
  const scheme = useScheme();
  const [seen, setSeen] = useState(false);
  // What the picture's handlers call must be of the last rendering, not of the one that drew it.
  const handlers = useRef({ node: (_: string) => {}, link: (_a: string, _b: string) => {} });
  handlers.current = {
    node: (id) => {
      const node = graph.nodes.find((n) => n.id === id);
      if (onNode) onNode(id); else if (node) go(withQuery(pageOf(node), query));
    },
    link: (a, b) => {
      const leader = [a, b].find((id) => graph.nodes.find((n) => n.id === id)?.type === 'leader');
      go(withQuery(leader ? pageOf({ id: leader, type: 'leader' }) : `/dyad/${dyadId(a, b)}`, query));
    },
  };
  useEffect(() => {
    const watch = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) setSeen(true); }, { rootMargin: '200px' });
    if (frame.current) watch.observe(frame.current);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    if (!seen) return;
    if (picture.current) { picture.current.update(graph, colors()); return; }
    let gone = false;
    void import('../lazy/graph').then(({ drawNetwork }) => {
      if (gone || !frame.current || picture.current) return;
      picture.current = drawNetwork(frame.current, graph, colors(), { node: (id) => handlers.current.node(id), link: (a, b) => handlers.current.link(a, b) });
      picture.current.select(selected);
    });
    return () => { gone = true; };
  }, [graph, seen, scheme]);
  useEffect(() => picture.current?.select(selected), [selected, graph]);
  useEffect(() => () => { picture.current?.destroy(); picture.current = null; }, []);
  return (
    <figure class="network">
      <div class="network__frame" style={{ height }}>
        <div ref={frame} class="network__canvas __________cytoscape_container" role="img"
          aria-label={`Network of ${several(graph.nodes.length, 'node')} and ${several(graph.links.length, 'tie')}. The table below has the same ties.`} />
        <div class="network__zoom">
          <button type="button" aria-label="Zoom in" onClick={() => picture.current?.zoom(1.3)}>+</button>
          <button type="button" aria-label="Zoom out" onClick={() => picture.current?.zoom(1 / 1.3)}>−</button>
          <button type="button" aria-label="Fit the network into the frame" onClick={() => picture.current?.fit()}>⤢</button>
        </div>
      </div>
      <figcaption>
        <ul class="legend"><li class="legend__coop">more cooperation</li><li class="legend__conflict legend__dashed">more conflict</li><li class="legend__width">wider: more events</li></ul>
      </figcaption>
      <TieTable graph={graph} />
    </figure>
  );
}

function TieTable({ graph }: { graph: Graph }) {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const cell = (id: string) => { const node = nodes.get(id); return node ? <To to={pageOf(node)}><bdi>{node.label}</bdi></To> : id; };
  const links = [...graph.links].sort((x, y) => y.count - x.count || (x.source + x.target < y.source + y.target ? -1 : 1));
  return (
    <details class="more">
      <summary>The same ties as a table</summary>
      <div class="scroll scroll--tall" tabIndex={0} role="region" aria-label="Ties as a table"><table>
        <thead><tr><th scope="col">One</th><th scope="col">Other</th><th scope="col">Tie</th><th scope="col" class="right">Events</th><th scope="col">Tone</th></tr></thead>
        <tbody>{links.map((link) => (
          <tr key={`${link.source} ${link.target} ${link.kind}`}><th scope="row">{cell(link.source)}</th><td>{cell(link.target)}</td><td>{link.kind}</td><td class="right num">{number(link.count)}</td><td><ToneBar score={link.score} /></td></tr>
        ))}</tbody>
      </table></div>
    </details>
  );
}
