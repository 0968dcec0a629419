/** The network, drawn by Cytoscape.js; loaded only where a network is shown. */
import cytoscape, { type Core, type ElementDefinition, type StylesheetJson } from 'cytoscape';
import fcose from 'cytoscape-fcose';
import type { Graph, GraphLink, GraphNode } from '../api';
import { stillness, type Colors } from '../ui/colors';

cytoscape.use(fcose);
// Cytoscape would add a style element of its own, which the page's policy forbids; the style sheet has its one rule.
const STYLE_ID = '__________cytoscape_stylesheet';
if (!document.getElementById(STYLE_ID)) document.head.append(Object.assign(document.createElement('meta'), { id: STYLE_ID }));

export interface Picture {
  update(graph: Graph, colors: Colors): void;
  select(id: string | null): void;
  zoom(factor: number): void;
  fit(): void;
  destroy(): void;
}
export interface Handlers { node(id: string): void; link(source: string, target: string): void }

const linkId = (link: GraphLink) => `${link.source} ${link.target} ${link.kind}`;
const size = (events: number) => 14 + Math.min(Math.sqrt(events) * 3.2, 46);

function elements(graph: Graph): ElementDefinition[] {
  const rank = new Map([...graph.nodes].sort((x, y) => y.events - x.events).map((node, n) => [node.id, n]));
  const known = new Set(graph.nodes.map((node) => node.id));
  return [
    ...graph.nodes.map((node: GraphNode) => ({ group: 'nodes' as const, data: { id: node.id, label: node.label, type: node.type, size: size(node.events), rank: rank.get(node.id) } })),
    ...graph.links.filter((link) => known.has(link.source) && known.has(link.target)).map((link) => ({
      group: 'edges' as const,
      data: { id: linkId(link), source: link.source, target: link.target, width: 1 + Math.min(Math.log2(1 + link.count), 7), tone: link.score ?? 0, kind: link.kind },
    })),
  ];
}

/** The liveliest nodes, whose names are readable however far one zooms out. */
const NAMED = 12;
const NAMED_ON_PHONES = 6;
const PHONE_PX = 500;
const FONT_PX = 12;

function style(colors: Colors): StylesheetJson {
  return [
    { selector: 'node', style: {
      width: 'data(size)', height: 'data(size)', label: 'data(label)', 'background-color': colors.sunk, 'border-width': 1.6, 'border-color': colors.ink, color: colors.ink,
      'font-size': FONT_PX, 'font-family': 'system-ui, sans-serif', 'text-valign': 'bottom', 'text-margin-y': 4, 'text-outline-color': colors.paper, 'text-outline-width': 2.5, 'min-zoomed-font-size': 7 } },
    { selector: 'node[type = "leader"]', style: { shape: 'diamond', 'border-color': colors.leader } },
    { selector: 'node[type = "organization"]', style: { shape: 'round-rectangle' } },
    { selector: 'node:selected', style: { 'background-color': colors.ink, 'border-color': colors.accent, 'border-width': 4 } },
    { selector: 'edge', style: { width: 'data(width)', 'curve-style': 'haystack', 'line-color': colors.coop, opacity: 0.62 } },
    { selector: 'edge[kind = "conflict"], edge[kind != "cooperation"][tone < 0]', style: { 'line-color': colors.conflict, 'line-style': 'dashed' } },
    { selector: '.away', style: { opacity: 0.13 } },
  ] as StylesheetJson;
}

export function drawNetwork(container: HTMLElement, graph: Graph, colors: Colors, on: Handlers): Picture {
  const cy: Core = cytoscape({ container, elements: elements(graph), style: style(colors), minZoom: 0.15, maxZoom: 4, boxSelectionEnabled: false, userZoomingEnabled: false });
  const layout = (fresh: boolean) => cy.layout({
    name: 'fcose', quality: 'proof', randomize: fresh, animate: !stillness() && !fresh, animationDuration: 350, nodeRepulsion: () => 9000, idealEdgeLength: () => 95, nodeSeparation: 90, padding: 24,
  } as cytoscape.LayoutOptions).run();
  cy.on('tap', 'node', (event) => on.node(event.target.id()));
  cy.on('tap', 'edge', (event) => on.link(event.target.data('source'), event.target.data('target')));
  cy.on('mouseover', 'node', (event) => { const near = event.target.closedNeighborhood(); cy.elements().difference(near).addClass('away'); });
  cy.on('mouseout', 'node', () => cy.elements().removeClass('away'));
  // Wheel and pinch zoom only once the network was clicked, so that the page scrolls over it.
  cy.on('tapstart', () => cy.userZoomingEnabled(true));
  const leave = () => cy.userZoomingEnabled(false);
  container.addEventListener('mouseleave', leave);
  // Names of the liveliest keep their size on the screen; the others come when one zooms in.
  const rename = () => {
    const named = cy.nodes(`[rank < ${cy.width() < PHONE_PX ? NAMED_ON_PHONES : NAMED}]`);
    const size = Math.max(FONT_PX, Math.min(FONT_PX / cy.zoom(), 3 * FONT_PX));
    cy.batch(() => { cy.nodes().not(named).removeStyle('font-size'); named.style('font-size', size); });
  };
  cy.on('layoutstop zoom', rename);
  layout(true);
  const zoom = (factor: number) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  return {
    update(next, shades) {
      cy.style(style(shades));
      rename();
      const wanted = elements(next);
      const ids = new Set(wanted.map((element) => element.data.id as string));
      const before = cy.elements().length;
      cy.elements().filter((element) => !ids.has(element.id())).remove();
      const missing = wanted.filter((element) => cy.getElementById(element.data.id as string).empty());
      if (!missing.length && cy.elements().length === before) return;
      cy.add(missing);
      layout(cy.nodes().length === missing.filter((element) => element.group === 'nodes').length);
    },
    select(id) { cy.elements().unselect(); if (id) cy.getElementById(id).select(); },
    zoom,
    fit() { cy.fit(undefined, 24); },
    destroy() { container.removeEventListener('mouseleave', leave); cy.destroy(); },
  };
}
