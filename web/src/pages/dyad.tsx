/** Two countries: what ties them, how the tone between them changed, in which fields, and through whom. */
import { useParams } from 'wouter-preact';
import { useAnswer, type DyadPage as Data } from '../api';
import { useFilterQuery, useNarrowing, withQuery } from '../filters';
import { Bars, CountryLink, Counts, Heading, Loaded, People, Section } from '../ui/basics';
import { PagedEvents } from '../ui/events';
import { FilterBar } from '../ui/filterbar';
import { ToneFigure } from '../ui/tone';
import { capital, words } from '../words';

export function DyadPage() {
  const { id = '' } = useParams<{ id: string }>();
  const query = useFilterQuery();
  const narrowed = useNarrowing(`/dyad/${id}`);
  const path = `/dyads/${encodeURIComponent(id)}`;
  const answer = useAnswer<Data>(withQuery(path, query));
  const data = answer.data;
  return (
    <>
      <Heading title={data ? `${data.a.name} – ${data.b.name}` : id}>
        {data ? <><CountryLink of={data.a} /><span class="tie"> – </span><CountryLink of={data.b} /></> : id}
      </Heading>
      <Loaded answer={answer}>
        {(dyad) => (
          <>
            <Counts of={dyad.summary} />
            <FilterBar />
            <div class="columns columns--main">
              <div>
                <Section title="Tone"><ToneFigure tone={dyad.tone} /></Section>
                <Section title="Timeline"><PagedEvents path={`${path}/events`} query={query} empty="No event passes the filters." /></Section>
              </div>
              <div class="side">
                <Section title="Agreements by status">
                  <Bars items={dyad.agreements_by_status.map((s) => ({ id: s.status, label: capital(words(s.status)), count: s.count }))}
                    to={(s) => narrowed({ status: [s.id], kind: ['agreement'] })} empty="No agreement passes the filters." />
                </Section>
                <Section title="Sectors"><Bars items={dyad.sectors} to={(s) => narrowed({ sector: [s.id] })} empty="No agreement of a sector." /></Section>
                <Section title="People"><People items={dyad.people.slice(0, 25)} empty="Nobody is named." /></Section>
              </div>
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}
