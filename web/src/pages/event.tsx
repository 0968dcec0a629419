/** An agreement, an encounter or an act: every sentence behind it, how it came along, and what reports tell differently. */
import { useParams } from 'wouter-preact';
import { useAnswer, type FullEvent } from '../api';
import { CountryLink, DyadLink, Heading, LeaderLink, Loaded, Section, To } from '../ui/basics';
import { Confidence, EventList, Sentence, Status } from '../ui/events';
import { Share } from '../ui/filterbar';
import { capital, dateOf, several, titleOf, words } from '../words';

export function EventPage() {
  const { id = '' } = useParams<{ id: string }>();
  const answer = useAnswer<FullEvent>(`/events/${encodeURIComponent(id)}`);
  const title = answer.data ? titleOf(answer.data) : 'Event';
  return (
    <>
      <Heading title={title} />
      <Loaded answer={answer}>
        {(event) => (
          <>
            <p class="lede"><span>{capital(event.kind)}</span>{event.kind !== 'act' && <> · {words(event.type)}</>} <Status status={event.status} /> · <time dateTime={event.date ?? undefined}>{dateOf(event.date)}</time> · <Share /></p>
            <div class="columns columns--main">
              <div>
                <Section title={event.reports.length === 1 ? 'The sentence that says so' : `The ${event.reports.length} sentences that say so`}>
                  {event.reports.map((report, n) => <Sentence key={n} report={report} />)}
                </Section>
                {!!event.conflicts?.length && <Section title="What reports tell differently"><Conflicts event={event} /></Section>}
                {!!event.produced?.length && <Section title="What came of it"><EventList events={event.produced} empty="" /></Section>}
                {!!event.produced_by?.length && <Section title="Where it came about"><EventList events={event.produced_by} empty="" /></Section>}
              </div>
              <div class="side">
                <Section title="Facts"><Facts event={event} /></Section>
                {!!event.history?.length && <Section title="History"><History event={event} /></Section>}
              </div>
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}

const BASIS: Record<string, string> = {
  explicit: 'the sentence gives the day', relative: 'reckoned from a word such as “Sunday”', inherited: 'taken from what stands around the sentence',
  publication: 'the day of publication, for want of a better one',
};

function Facts({ event }: { event: FullEvent }) {
  const rows: [string, preact.ComponentChildren][] = [];
  if (event.kind === 'act') {
    const party = (id: string) => event.countries.find((country) => country.id === id) ?? { id, name: id };
    if (event.actor) rows.push(['Actor', <CountryLink of={party(event.actor)} />]);
    if (event.recipient) rows.push(['Recipient', <CountryLink of={party(event.recipient)} />]);
    rows.push(['Act', <code>{event.type}</code>]);
  } else if (event.countries.length) rows.push(['Parties', <span class="lines">{event.countries.map((country) => <CountryLink key={country.id} of={country} />)}</span>]);
  const [a, b] = event.countries;
  if (a && b && event.countries.length === 2) rows.push(['Pair', <DyadLink a={a} b={b} />]);
  if (event.leaders.length) rows.push(['People', <span class="lines">{event.leaders.map((leader) => <LeaderLink key={leader.id} of={leader} />)}</span>]);
  rows.push(['Date', <>{dateOf(event.date)}{event.date_basis && <span class="faint"> {BASIS[event.date_basis] ?? event.date_basis}</span>}</>]);
  if (event.place) rows.push(['Place', <bdi>{event.place}</bdi>]);
  if (event.sectors.length) rows.push(['Sectors', <span class="lines">{event.sectors.map((sector) => <To key={sector.id} to={`/events?sector=${encodeURIComponent(sector.id)}`}>{sector.label}</To>)}</span>]);
  rows.push(['Reported in', several(event.articles, 'article')], ['Confidence', <Confidence value={event.confidence} />]);
  if (event.background) rows.push(['Told as', 'background']);
  return <dl class="facts">{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

/** The articles of these keys, by their titles, which the reports have. */
function Articles({ of, event }: { of: string[]; event: FullEvent }) {
  const title = (id: string) => event.reports.find((report) => report.article.id === id)?.article.title || 'An article';
  return <span class="lines">{of.map((id) => <To key={id} to={`/article/${encodeURIComponent(id)}`}><bdi>{title(id)}</bdi></To>)}</span>;
}

const History = ({ event }: { event: FullEvent }) => (
  <ol class="history">
    {event.history?.map((step, n) => (
      <li key={n}><Status status={step.status} /> <time class="num">{dateOf(step.date)}</time><span class="history__by"><Articles of={step.articles} event={event} /></span></li>
    ))}
  </ol>
);

const Conflicts = ({ event }: { event: FullEvent }) => (
  <>
    {event.conflicts?.map((conflict) => (
      <table key={conflict.what}>
        <caption>{capital(words(conflict.what))}</caption>
        <tbody>{conflict.values.map((value) => (
          <tr key={value.value}><th scope="row">{/^\d{4}-/.test(value.value) ? dateOf(value.value) : words(value.value)}</th>
            <td><Articles of={value.articles} event={event} /></td></tr>
        ))}</tbody>
      </table>
    ))}
  </>
);
