/** A country, or another party: whom it deals with, in which fields, through whom, and what happened. */
import { useParams } from 'wouter-preact';
import { useAnswer, type CountryPage as Data, type Partner } from '../api';
import { useFilterQuery, useNarrowing, withQuery } from '../filters';
import { Bars, Counts, Heading, Loaded, People, Section, To, ToneBar } from '../ui/basics';
import { PagedEvents } from '../ui/events';
import { FilterBar } from '../ui/filterbar';
import { dyadId, number } from '../words';

export function CountryPage() {
  const { id = '' } = useParams<{ id: string }>();
  const query = useFilterQuery();
  const narrowed = useNarrowing(`/country/${id}`);
  const path = `/countries/${encodeURIComponent(id)}`;
  const answer = useAnswer<Data>(withQuery(path, query));
  return (
    <>
      <Heading title={answer.data?.name ?? decodeURIComponent(id)} />
      <Loaded answer={answer}>
        {(data) => (
          <>
            <p class="lede">{[data.capital && `Capital ${data.capital}`, data.id].filter(Boolean).join(' · ')} · <To to={`/network?center=${encodeURIComponent(data.id)}`}>Show its network</To></p>
            <Counts of={data.summary} />
            <FilterBar />
            <div class="columns columns--main">
              <Section title="Events">
                <PagedEvents path={`${path}/events`} query={query} empty="No event passes the filters." />
              </Section>
              <div class="side">
                <Section title="Partners"><Partners of={data.id} partners={data.partners} /></Section>
                <Section title="Sectors"><Bars items={data.sectors} to={(sector) => narrowed({ sector: [sector.id] })} empty="No agreement of a sector." /></Section>
                <Section title="Leaders"><People items={data.leaders.slice(0, 20)} empty="No leader is named." /></Section>
              </div>
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}

const SHOWN = 15;
function Partners({ of, partners }: { of: string; partners: Partner[] }) {
  if (!partners.length) return <p class="faint">No partner passes the filters.</p>;
  const row = (partner: Partner) => (
    <tr key={partner.id}>
      <th scope="row"><To to={`/dyad/${dyadId(of, partner.id)}`}><bdi>{partner.name}</bdi></To></th>
      <td class="right num">{number(partner.events)}</td>
      <td><ToneBar score={partner.score} /></td>
    </tr>
  );
  const table = (rows: Partner[], hidden = false) => (
    <table>
      <thead class={hidden ? 'visually-hidden' : undefined}><tr><th scope="col">With</th><th scope="col" class="right">Events</th><th scope="col">Tone</th></tr></thead>
      <tbody>{rows.map(row)}</tbody>
    </table>
  );
  return (
    <>
      {table(partners.slice(0, SHOWN))}
      {partners.length > SHOWN && <details class="more"><summary>{partners.length - SHOWN} more</summary>{table(partners.slice(SHOWN), true)}</details>}
    </>
  );
}
