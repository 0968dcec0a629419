/** Where one starts: what the graph holds, which pairs are liveliest, what is newest, and the network of ties. */
import { useAbout, useAnswer, type Dyad, type Overview } from '../api';
import { useFilterQuery, withQuery } from '../filters';
import { DyadLink, Heading, Loaded, Section, To, ToneBar } from '../ui/basics';
import { EventRow } from '../ui/events';
import { FilterBar } from '../ui/filterbar';
import { NetworkFigure } from '../ui/network';
import { dateOf, number } from '../words';

export function OverviewPage() {
  const query = useFilterQuery();
  const answer = useAnswer<Overview>(withQuery('/overview', query));
  const about = useAbout();
  return (
    <>
      <Heading title="Overview"><span class="visually-hidden">Overview: </span><Claim counts={about?.store} /></Heading>
      <FilterBar />
      <Loaded answer={answer}>
        {(data) => (
          <div class="columns">
            <Section title="Liveliest pairs" aside={<To to="/dyads">All pairs</To>}>
              <DyadTable dyads={data.dyads} />
            </Section>
            <Section title="Newest events" aside={<To to="/events">All events</To>}>
              {data.newest.length ? <ul class="events">{data.newest.slice(0, 8).map((event) => <EventRow key={event.id} event={event} />)}</ul> : <p class="faint">No event passes the filters.</p>}
            </Section>
            <Section title="The network of ties" aside={<To to="/network">Open the network</To>} id="network">
              <NetworkFigure graph={data.network} height="28rem" />
            </Section>
          </div>
        )}
      </Loaded>
    </>
  );
}

/** The graph in one sentence. */
function Claim({ counts }: { counts: Record<string, number> | undefined }) {
  if (!counts) return <>Ties between countries, and the sentences that tell of them</>;
  return (
    <>
      <To to="/articles"><span class="num">{number(counts.articles)}</span> articles</To> tell of <To to="/events"><span class="num">{number(counts.events)}</span> events</To>{' '}
      between <To to="/countries"><span class="num">{number(counts.countries)}</span> countries</To>
    </>
  );
}

export function DyadTable({ dyads }: { dyads: Dyad[] }) {
  if (!dyads.length) return <p class="faint">No pair passes the filters.</p>;
  return (
    <div class="scroll">
      <table>
        <thead><tr><th scope="col">Pair</th><th scope="col" class="right">Events</th><th scope="col">Tone</th><th scope="col" class="right">Last</th></tr></thead>
        <tbody>
          {dyads.map((dyad) => (
            <tr key={dyad.id}>
              <th scope="row"><DyadLink a={dyad.a} b={dyad.b} /></th>
              <td class="right num">{number(dyad.events)}</td>
              <td><ToneBar score={dyad.score} /></td>
              <td class="right num nowrap">{dateOf(dyad.last)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
