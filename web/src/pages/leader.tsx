/** A leader: names, offices by time, whom they met, what they signed. */
import { useParams } from 'wouter-preact';
import { useAnswer, type LeaderPage as Data } from '../api';
import { useFilterQuery, withQuery } from '../filters';
import { CountryLink, Heading, Loaded, Section, To } from '../ui/basics';
import { EventList } from '../ui/events';
import { FilterBar } from '../ui/filterbar';
import { capital, dateOf, words } from '../words';

export function LeaderPage() {
  const { id = '' } = useParams<{ id: string }>();
  const answer = useAnswer<Data>(withQuery(`/leaders/${encodeURIComponent(id)}`, useFilterQuery()));
  return (
    <>
      <Heading title={answer.data?.name ?? id} />
      <Loaded answer={answer}>
        {(data) => {
          const others = data.names.filter((name) => name !== data.name);
          return (
            <>
              <p class="lede">
                {data.country && <CountryLink of={data.country} />}
                {others.length > 0 && <> · also written {others.slice(0, 6).map((name, n) => <span key={name}>{n > 0 && ', '}<bdi>{name}</bdi></span>)}</>}
                {data.wikidata && <> · <a href={`https://www.wikidata.org/wiki/${data.wikidata}`} rel="noreferrer external" target="_blank">Wikidata {data.wikidata}<span aria-hidden="true"> ↗</span><span class="visually-hidden"> (another site)</span></a></>}
                {' · '}<To to={`/network?center=leader/${encodeURIComponent(data.id)}`}>Show the network</To>
              </p>
              {data.learned && <p class="notice">No list of leaders has this name: it was learned from the articles.</p>}
              <FilterBar />
              <div class="columns columns--main">
                <div>
                  <Section title="Encounters"><EventList events={data.encounters} empty="No encounter passes the filters." /></Section>
                  {data.acts.length > 0 && <Section title="Acts"><EventList events={data.acts} empty="" /></Section>}
                  <Section title="Agreements"><EventList events={data.agreements} empty="No agreement passes the filters." /></Section>
                </div>
                <div class="side"><Section title="Offices"><Offices offices={data.offices} /></Section></div>
              </div>
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function Offices({ offices }: { offices: Data['offices'] }) {
  if (!offices.length) return <p class="faint">No office is known.</p>;
  return (
    <ul class="offices">
      {offices.map((office, n) => (
        <li key={n}>
          <span>{capital(office.title ?? words(office.office))}{office.country && <>, <CountryLink of={office.country} /></>}</span>
          {(office.since || office.until) && <span class="faint num">{office.since ? dateOf(office.since) : '…'} – {office.until ? dateOf(office.until) : 'today'}</span>}
        </li>
      ))}
    </ul>
  );
}
